"""The words behind `hostagegraph query NAME` in, what is asked of the query out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hostagegraph.errors import ParameterError
from hostagegraph.parameters import Parameter, meant, shown
from hostagegraph.pick_lists import PickLists
from hostagegraph.saved_query import SavedQuery
from hostagegraph.store import Kind

_TABLES: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
}
FORMATS: Final[Mapping[Kind, Mapping[str, str]]] = {
    "solutions": _TABLES,
    "boolean": _TABLES,
    "graph": {
        "ttl": "text/turtle",
        "nt": "application/n-triples",
        "nq": "application/n-quads",
        "trig": "application/trig",
        "jsonld": "application/ld+json",
        "rdf": "application/rdf+xml",
    },
}
_OWN: Final = ("format", "sources", "help")
_EXAMPLES: Final = 5  # values of a pick list that the help shows


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a saved query; without `sources` no source policy holds."""

    values: Mapping[str, tuple[str, ...]]
    media: str
    sources: tuple[str, ...] | None = None
    help: bool = False


def read_options(query: SavedQuery, words: Sequence[str]) -> Asked:
    """Read `--since 2024-02-01`, `--since=2024-02-01` and `since=2024-02-01`, and our own options.

    Raises ParameterError with every word that is not understood, and the one probably meant.
    """
    names = [param.name for param in query.params]
    given: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    for name, value in _pairs(words):
        if name not in (*names, *_OWN):
            near = meant(name, [*names, *_OWN])
            problems[shown(name).strip('"')] = f"unknown option{near}"
        elif value is None and name != "help":
            problems[name] = f"a value is missing; write --{name} VALUE"
        else:
            given.setdefault(name, []).append(value or "")
    formats = FORMATS[query.kind]
    form = given.pop("format", [next(iter(formats))])[-1]
    if form not in formats:
        known = ", ".join(formats)
        problems["format"] = f"{shown(form)} is not offered here; choose one of {known}"
    if problems and "help" not in given:
        raise ParameterError(problems)
    sources = given.pop("sources", None)
    wants_help = given.pop("help", None) is not None
    return Asked(
        {name: tuple(values) for name, values in given.items()},
        formats.get(form, ""),
        None if sources is None else tuple(sources),
        wants_help,
    )


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Give name and value of each option; None where the value is missing."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        dashed = name.startswith("--")
        name = name.removeprefix("--").replace("-", "_") if dashed else name
        if word in {"-h", "--help"}:
            yield "help", ""
        elif equals:
            yield name, value
        elif dashed and rest and not rest[0].startswith("--"):
            yield name, rest.pop(0)
        else:
            yield name, None


def help_text(query: SavedQuery, lists: PickLists) -> str:
    """Tell what a query finds and which options it takes, with examples."""
    lines = [f"{query.name}: {query.summary}", ""]
    if query.description:
        lines += [query.description, ""]
    lines.append("parameters:" if query.params else "no parameters")
    for param in query.params:
        lines += _param_lines(param, lists)
    lines += ["", "options:", f"  --format   {', '.join(FORMATS[query.kind])}"]
    if query.obeys_policies:
        lines.append(
            "  --sources  on-record,no-leaks: rest on claims that meet source policies only"
        )
    return "\n".join(lines)


def _param_lines(param: Parameter, lists: PickLists) -> Iterator[str]:
    need = "needed" if param.required and not param.default else "optional"
    more = ", may be repeated" if param.multiple else ""
    yield f"  --{param.name}  {param.label} ({param.type}, {need}{more})"
    if param.description:
        yield f"      {param.description}"
    if param.default:
        yield f"      default: {' '.join(param.default)}"
    if param.enum:
        yield f"      one of: {', '.join(param.enum)}"
    elif listed := lists.get(param.enum_query, ()):
        names = ", ".join(f"{value} ({label})" for value, label in listed[:_EXAMPLES])
        yield f"      such as: {names}"
    if param.example:
        yield f"      example: --{param.name} {' '.join(param.example)}"
