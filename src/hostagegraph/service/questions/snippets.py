"""A question in, the lines that ask it out: for a shell, for Python, for R and for JavaScript.

A value from outside only ever stands inside quotes of its language, and nothing in it can end them.
"""

import json
import keyword
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hostagegraph.saved_query import SavedQuery

Values = Mapping[str, Sequence[str]]

_RESERVED_IN_R: Final = frozenset(
    {
        *("if", "else", "repeat", "while", "function", "for", "next", "break", "in"),
    }
)
_BASIC: Final = 0xFFFF
_TRUE: Final = ("1", "true")


def snippets(url: str, query: SavedQuery, values: Values) -> dict[str, str]:
    """Write how to ask a query with these values at the service that stands at `url`.

    `values` may also hold what is asked of every query, such as `sources` and `explain`; a receipt
    is left out, since the rows are wanted.
    """
    at = f"{url.rstrip('/')}/queries/{query.name}"
    kept = {name: tuple(given) for name, given in values.items() if given and name != "receipt"}
    return {
        "curl": _curl(at, query, kept),
        "python": _python(url.rstrip("/"), query, kept),
        "r": _r(at, query, kept),
        "javascript": _javascript(at, query, kept),
    }


# curl


def _curl(at: str, query: SavedQuery, values: Values) -> str:
    suffix = "ttl" if query.kind == "graph" else "csv"
    fields = [f"{name}={value}" for name, given in values.items() for value in given]
    get = " --get" if fields else ""
    first = f"curl -sS --fail-with-body{get} {shlex.quote(f'{at}.{suffix}')}"
    more = [f"  --data-urlencode {shlex.quote(field)}" for field in fields]
    return " \\\n".join([first, *more]) + "\n"


# Python


def _python(url: str, query: SavedQuery, values: Values) -> str:
    ask, show = {
        "solutions": ("graph.q", "rows"),
        "boolean": ("graph.answer", 'rows.rows()[0]["boolean"]'),
        "graph": ("graph.answer", 'rows.text("ttl")'),
    }[query.kind]
    lines = [
        "from hostagegraph.client import Graph  # pip install 'hostagegraph[client]'",
        "",
        f"with Graph({url!r}) as graph:",
        f"    rows = {ask}(",
        f"        {query.name!r},",
        *(f"        {argument}," for argument in _python_arguments(values)),
        "    )",
        f"    print({show})",
    ]
    return "\n".join(lines) + "\n"


def _python_arguments(values: Values) -> Iterator[str]:
    for name, given in values.items():
        if name == "explain":
            yield f"explain={given[-1] in _TRUE}"
            continue
        value = repr(given[0] if len(given) == 1 else list(given))
        yield f"**{{{name!r}: {value}}}" if keyword.iskeyword(name) else f"{name}={value}"


# R


def _r(at: str, query: SavedQuery, values: Values) -> str:
    table = query.kind == "solutions"
    suffix = "ttl" if query.kind == "graph" else "csv"
    lines = ["library(httr2)", *(["library(readr)"] if table else []), ""]
    lines.append(f"answer <- request({_r_text(f'{at}.{suffix}')}) |>")
    if values:
        arguments = [f"    {_r_name(name)} = {_r_texts(given)}," for name, given in values.items()]
        lines += ["  req_url_query(", *arguments, '    .multi = "explode"', "  ) |>"]
    lines += ["  req_perform()", "text <- resp_body_string(answer)"]
    if table:
        lines.append("# every column as text: a year alone is no number, and no day is guessed")
        lines.append('rows <- read_csv(I(text), col_types = cols(.default = "c"), na = "")')
    return "\n".join([*lines, "rows" if table else "cat(text)"]) + "\n"


def _r_name(name: str) -> str:
    return f"`{name}`" if name in _RESERVED_IN_R else name


def _r_texts(given: Sequence[str]) -> str:
    texts = ", ".join(map(_r_text, given))
    return texts if len(given) == 1 else f"c({texts})"


def _r_text(text: str) -> str:
    """Quote a text; what does not print is written by its number."""
    return f'"{"".join(map(_r_sign, text))}"'


def _r_sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= _BASIC else f"\\U{ord(sign):08x}"


# JavaScript


def _javascript(at: str, query: SavedQuery, values: Values) -> str:
    suffix, told = {
        "solutions": ("json", "results.bindings"),
        "boolean": ("json", "boolean"),
        "graph": ("jsonld", ""),
    }[query.kind]
    fields = [(name, value) for name, given in values.items() for value in given]
    lines = [
        f"const url = new URL({_js_text(f'{at}.{suffix}')});",
        *(
            f"url.searchParams.append({_js_text(name)}, {_js_text(value)});"
            for name, value in fields
        ),
        "const answer = await fetch(url);",
        "if (!answer.ok) throw new Error((await answer.json()).detail);",
        f"const rows = (await answer.json()){f'.{told}' if told else ''};",
        "console.log(rows);",
    ]
    return "\n".join(lines) + "\n"


def _js_text(text: str) -> str:
    """Quote a text in ASCII, so that it may stand in a page as well."""
    return json.dumps(text).replace("<", "\\u003c")
