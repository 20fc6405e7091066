"""The saved queries in, a table of contents by theme out: short titles, rows of today, tests."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from hostagegraph.queries import SavedQuery
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.typesetting import typeset
from hostagegraph.service.questions.metadata import rows_of, tests_of
from hostagegraph.service.serving import Serving, serving

# The first of these tags that a question carries says where it stands.
_THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "Voices and labels": ("unnamed sources", "statements"),
    "Said against said": ("denials", "relations", "allegations"),
    "Mandates and decisions": ("mandates", "decisions"),
    "Disclosures": ("leaks",),
    "Causes and motives": ("causes", "motives", "interpretations"),
    "Proposals, meetings, travel": ("proposals", "meetings", "travel", "numbers"),
    "People and days": ("agents", "dates", "events"),
    "Sources": ("sources", "passages", "claims"),
}
_SLUG: Final = re.compile(r"\b([a-z]+(?:-[a-z]+)+)\b")  # a name that is no plain word
_QUOTED: Final = re.compile(r'"([^"]*)"')
_REST: Final = "Other questions"
_ORDER: Final = (
    *("Disclosures", "Said against said", "Mandates and decisions", "Causes and motives"),
    *("Voices and labels", "Proposals, meetings, travel", "People and days", "Sources"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the table of contents.

    `rows` counts those of today, None where it is not told; `passed` says whether tests of the
    question ran on the published data and all passed.
    """

    query: SavedQuery
    rows: int | None
    passed: bool


async def page(request: Request) -> Response:
    """Show all questions, described."""
    here = serving(request)
    about = {query.name: tuple(described(query, here)) for query in here.catalogue.queries}
    return await layout.page(request, "queries.html", themes=themes(here), about=about)


def themes(here: Serving) -> Mapping[str, Sequence[Listed]]:
    """Put questions under headings, by their tags."""
    found: dict[str, list[Listed]] = {theme: [] for theme in (*_THEMES, _REST)}
    for query in here.catalogue.queries:
        fitting = (theme for theme in _ORDER if set(_THEMES[theme]) & set(query.tags))
        found[next(fitting, _REST)].append(_listed(query, here))
    return {theme: group for theme, group in found.items() if group}


def _listed(query: SavedQuery, here: Serving) -> Listed:
    tests = tests_of(query, here)
    passed = bool(tests["run"]) and not tests["failures"]
    return Listed(query, rows_of(query, here), passed)


def described(query: SavedQuery, here: Serving) -> Iterator[tuple[str, str]]:
    """Give the description in parts, with addresses: another question stands there by its title."""
    titles = {each.name: each.title for each in here.catalogue.queries}
    for part in _SLUG.split(query.description):
        if part in titles:
            yield titles[part], f"/queries/{part}"
        elif part:
            yield typeset(_QUOTED.sub("“\\1”", part)), ""
