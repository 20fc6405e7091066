"""The first page: what this is and is not, the days, and the questions by theme."""

from collections.abc import Mapping, Sequence
from typing import Final

from fastapi import APIRouter, Request, Response

from hostagegraph.queries import SavedQuery
from hostagegraph.service.drawing.plot import draw
from hostagegraph.service.drawing.timeline import timeline
from hostagegraph.service.pages import layout
from hostagegraph.service.serving import reading, serving

router = APIRouter()

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
_REST: Final = "Other questions"
_ORDER: Final = (
    *("Disclosures", "Said against said", "Mandates and decisions", "Causes and motives"),
    *("Voices and labels", "Proposals, meetings, travel", "Sources", "People and days"),
)


@reading(router, "/", ("text/html",), summary="Say what this is")
async def home(request: Request) -> Response:
    """Show what this is and is not, and which questions it answers."""
    here = serving(request)
    manifest = here.snapshot.manifest
    if manifest.files:
        return await layout.page(request, "files.html", counts=dict(manifest.counts))
    days = await timeline(request)
    return await layout.page(
        request,
        "home.html",
        islands=("src/timeline.ts",),
        counts=dict(manifest.counts),
        dumps=manifest.dumps,
        days=days,
        plot=draw(days),
        as_list=request.query_params.get("view") == "list",
        themes=themes(here.catalogue.queries),
        tested=not manifest.queries.get("failures", 0),
    )


def themes(queries: Sequence[SavedQuery]) -> Mapping[str, Sequence[SavedQuery]]:
    """Put questions under headings, by their tags."""
    found: dict[str, list[SavedQuery]] = {theme: [] for theme in (*_THEMES, _REST)}
    for query in queries:
        fitting = (theme for theme in _ORDER if set(_THEMES[theme]) & set(query.tags))
        found[next(fitting, _REST)].append(query)
    return {theme: group for theme, group in found.items() if group}
