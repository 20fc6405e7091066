"""The fields of an address in, one question out: a saved query, its values and how to answer it."""

import re
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from hostagegraph.errors import ParameterError, PolicyError
from hostagegraph.parameters import Parameter, meant, shown
from hostagegraph.policies import Policy, read_policies
from hostagegraph.query_files import VIEWS
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.problems import BadRequest
from hostagegraph.service.text.paging import LARGEST, Page, why_no_pages

# What may be asked of every saved query, beside its own parameters.
OWN: Final = ("page", "per_page", "explain", "sources", "receipt", "view")
LONGEST: Final = 4_000_000  # bytes of a text into which the claims of a policy are written
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_FLAGS: Final[Mapping[str, bool]] = {"1": True, "true": True, "0": False, "false": False, "": False}


@dataclass(frozen=True, slots=True)
class Question:
    """What one request asks of a saved query.

    `plain` is the filled text without any claims of a policy: it names the question, while the
    text that is run may be far longer. `page` is None where all rows are wanted. `view` is how
    the page shows the rows, empty where the query says; it changes nothing of the answer.
    """

    query: SavedQuery
    values: Mapping[str, tuple[str, ...]]
    plain: str
    page: Page | None = None
    explain: bool = False
    policies: tuple[Policy, ...] = ()
    receipt: bool = False
    view: str = ""

    @property
    def shaped(self) -> bool:
        """Tell whether the rows of the engine are changed before they are sent."""
        return self.explain or self.page is not None

    @property
    def key(self) -> str:
        """Name the question: the same key asks the same of the same data."""
        page = f"{self.page.number}/{self.page.size}" if self.page else ""
        return "\0".join([self.plain, page, "explain" * self.explain, self.sources])

    @property
    def sources(self) -> str:
        """The source policies, parted by commas."""
        return ",".join(map(str, self.policies))

    def text(self, claims: Sequence[str] | None) -> str:
        """Write the query that is run, resting on these claims alone; None lets all pass.

        Raises PolicyError when so many claims pass that the text would be above the ceiling.
        """
        lines = len(self.query.policy)
        if claims is not None and sum(map(len, claims)) * lines > LONGEST:
            raise PolicyError(
                f"{len(claims)} claims pass, which makes the query longer than {LONGEST} bytes; "
                "narrow the policy, such as by only:SOURCE"
            )
        text = self.query.fill(self.values, claims)
        return self.page.of(text) if self.page else text

    def fields(self) -> list[tuple[str, str]]:
        """Write the question as fields of an address, always in the same order; no receipt."""
        found = [(name, value) for name, values in self.values.items() for value in values]
        if self.policies:
            found.append(("sources", self.sources))
        if self.explain:
            found.append(("explain", "1"))
        if self.page:
            found.append(("per_page", str(self.page.size)))
            if self.page.number > 1:
                found.append(("page", str(self.page.number)))
        return found

    def address(self, ending: str = "", **more: str) -> str:
        """Give an address of the question: `.csv`, `/why`, `.atom` and so on."""
        fields = [*self.fields(), *more.items()]
        tail = f"?{urllib.parse.urlencode(fields)}" if fields else ""
        return f"/queries/{self.query.name}{ending}{tail}"

    def without(self, *names: str) -> "Question":
        """Ask the same without some of its settings: page, explain, policies, receipt."""
        bare: dict[str, Any] = {
            "page": None,
            "explain": False,
            "policies": (),
            "receipt": False,
        }
        return replace(self, **{name: bare[name] for name in names})

    def on_page(self, number: int) -> "Question":
        """Ask for another page."""
        assert self.page is not None  # noqa: S101 - asked of pages alone
        return replace(self, page=Page(number, self.page.size))


def read_question(query: SavedQuery, fields: Mapping[str, Sequence[str]]) -> Question:
    """Read what is asked of a query.

    Raises ParameterError with every wrong field, PolicyError when a source policy is unknown or
    cannot be obeyed, BadRequest when rows are to be explained that show no claim.
    """
    problems: dict[str, str] = {}
    names = [param.name for param in query.params]
    for name in fields:
        if name not in (*names, *OWN):
            problems[shown(name)[1:-1]] = f"unknown parameter{meant(name, [*names, *OWN])}"
    values = {param.name: found for param in query.params if (found := _given(param, fields))}
    flags = {name: _flag(name, fields, problems) for name in ("explain", "receipt")}
    page = _page(query, fields, problems)
    policies = read_policies(fields.get("sources", ()))
    if flags["explain"] and not (query.claim and query.kind == "solutions"):
        raise BadRequest("explain: this query declares no claim whose voices could be told")
    view = _view(fields, problems)
    plain = _fill(query, values, policies, problems)
    return Question(query, values, plain, page, flags["explain"], policies, flags["receipt"], view)


def _given(param: Parameter, fields: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Give the values of a parameter; a form sends an empty one for what is left out."""
    any_text = param.type in ("string", "xsd:string") and not param.enum
    return tuple(value for value in fields.get(param.name, ()) if value or any_text)


def _fill(
    query: SavedQuery,
    values: Mapping[str, tuple[str, ...]],
    policies: Sequence[Policy],
    problems: dict[str, str],
) -> str:
    """Fill the text as if no claim passed: that is short, and finds every mistake."""
    try:
        text = query.fill(values, () if policies else None)
    except ParameterError as error:
        raise ParameterError({**error.problems, **problems}) from error
    if problems:
        raise ParameterError(problems)
    return text


def _one(name: str, fields: Mapping[str, Sequence[str]], problems: dict[str, str]) -> str:
    """Give the one value of a setting, empty where it is absent."""
    found = [value for value in fields.get(name, ()) if value]
    if len(found) > 1:
        problems[name] = f"{len(found)} values given; it takes one"
    return found[0] if found else ""


def _flag(name: str, fields: Mapping[str, Sequence[str]], problems: dict[str, str]) -> bool:
    text = _one(name, fields, problems)
    if text not in _FLAGS:
        problems[name] = f"not understood: {shown(text)}; write 1, or leave it out"
    return _FLAGS.get(text, False)


def _view(fields: Mapping[str, Sequence[str]], problems: dict[str, str]) -> str:
    view = _one("view", fields, problems)
    if view and view not in VIEWS:
        problems["view"] = f"no view is called {shown(view)}{meant(view, VIEWS)}"
    return view


def _page(
    query: SavedQuery, fields: Mapping[str, Sequence[str]], problems: dict[str, str]
) -> Page | None:
    """Read which page is wanted; the head may say how large pages are, and `all` has none."""
    number, size = (_one(name, fields, problems) for name in ("page", "per_page"))
    asked = [name for name in ("page", "per_page") if fields.get(name, [""]) != [""]]
    why_not = why_no_pages(query) if asked or query.per_page else ""
    if why_not:
        problems.update(dict.fromkeys(asked, why_not))
        return None
    if size == "all" or not (size or query.per_page):
        if number:
            problems["page"] = "say also how many rows a page has, such as per_page=100"
        return None
    size = size or str(query.per_page)
    if not _NUMBER.fullmatch(size) or int(size) > LARGEST:
        problems["per_page"] = f"{shown(size)}: give a number of rows from 1 to {LARGEST}, or all"
    if number and not _NUMBER.fullmatch(number):
        problems["page"] = f"{shown(number)}: give the number of a page, from 1"
    return None if problems else Page(int(number or 1), int(size))
