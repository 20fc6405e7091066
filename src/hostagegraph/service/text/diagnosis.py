"""A query that does not parse in, where and why out: mistakes that can be told from tokens alone.

The engine names a place where it gave up, often some words later, and what it could have read
there. Each check here finds a mistake for certain, so it goes first; the engine's word is the last.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Final

from hostagegraph.ceilings import Token
from hostagegraph.errors import QuerySyntaxError
from hostagegraph.service.text.patterns import lexemes, read_patterns

_KEYWORDS = """
    ADD ADJUST ALL AS ASC ASK BASE BIND BY CLEAR CONSTRUCT COPY CREATE DATA DEFAULT DELETE DESC
    DESCRIBE DISTINCT DROP EXISTS FALSE FILTER FROM GRAPH GROUP HAVING IN INSERT INTO LATERAL LIMIT
    LOAD MINUS MOVE NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT
    TO TRUE UNDEF UNION USING VALUES VERSION WHERE WITH A
"""
_FUNCTIONS = """
    ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR
    GROUP_CONCAT HASLANG HASLANGDIR HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI
    LANG LANGDIR LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX REPLACE
    ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS
    STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TZ UCASE URI UUID
    YEAR
"""
KEYWORDS: Final = frozenset(_KEYWORDS.split())
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_WORDS: Final = sorted(KEYWORDS | FUNCTIONS)
_OPENS: Final = {")": "(", "}": "{", "]": "[", ">>": "<<"}
_SENTENCE = re.compile(r"\b(?:The|SELECT \*) [a-zA-Z *]{15,200}|IRI parsing failed")
LONGEST: Final = 20_000  # characters; to study more would keep others waiting
_LONGEST_WORD: Final = 40
_MOST_SHOWN: Final = 40


def diagnose(text: str) -> QuerySyntaxError | None:
    """Find a mistake that is certain, the first of the gravest kind."""
    read = list(lexemes(text))
    for check in _CHECKS:
        if (found := check(text, read)) is not None:
            return found
    return None


def retell(error: QuerySyntaxError, text: str) -> QuerySyntaxError:
    """Say the engine's finding in words that do not mislead."""
    if not str(error).startswith("expected"):
        return error
    if sentence := _SENTENCE.search(str(error)):
        return QuerySyntaxError(sentence[0].strip(), error.line, error.column, error.hint)
    near = _token_at(text, error.line, error.column) if len(text) <= LONGEST else ""
    where = f"near `{near[:_MOST_SHOWN]}`" if near else "from here on"
    return QuerySyntaxError(f"not understood {where}", error.line, error.column, error.hint)


def _token_at(text: str, line: int, column: int) -> str:
    """Find the token at a place, or the one that ends before it."""
    lines = text.split("\n")[:line]
    place = sum(len(each) + 1 for each in lines[:-1]) + column - 1
    before = [token.text for token in lexemes(text) if token.start <= place]
    return before[-1] if before else ""


def mistake(text: str, start: int, message: str, hint: str = "") -> QuerySyntaxError:
    """Name a mistake by where it stands in a query."""
    line = text.count("\n", 0, start) + 1
    return QuerySyntaxError(message, line, start - text.rfind("\n", 0, start), hint)


def _empty(text: str, read: list[Token]) -> QuerySyntaxError | None:
    if read:
        return None
    return mistake(text, 0, "the query is empty", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _update(text: str, read: list[Token]) -> QuerySyntaxError | None:
    """Tell an update by its first word that is no declaration."""
    for word in _outer_words(read):
        name = word.text.upper()
        if name in _FORMS:
            return None
        if name in _UPDATES:
            says = f"{name} is an update; the data are read-only, and only queries are answered"
            return mistake(text, word.start, says)
    return None


def _open_string(text: str, read: list[Token]) -> QuerySyntaxError | None:
    for token in read:
        if token.kind == "string" and not _is_closed(token.text):
            quote = token.text[:3] if token.text[:3] in ('"""', "'''") else token.text[0]
            hint = "a text over several lines stands in three quotes" if len(quote) == 1 else ""
            return mistake(text, token.start, f"the text that {quote} begins does not end", hint)
    return None


def _is_closed(written: str) -> bool:
    quote = written[:3] if written[:3] in ('"""', "'''") else written[0]
    whole = len(written) >= 2 * len(quote) and written.endswith(quote)
    inner = written[len(quote) : -len(quote)]
    return whole and (len(inner) - len(inner.rstrip("\\"))) % 2 == 0


def _brackets(text: str, read: list[Token]) -> QuerySyntaxError | None:
    waiting: list[Token] = []
    for token in read:
        if token.kind == "open":
            waiting.append(token)
        elif token.kind == "close":
            if token.text == ">>" and not any(each.text == "<<" for each in waiting):
                continue
            if not waiting:
                return mistake(text, token.start, f"`{token.text}` closes nothing")
            opened = waiting.pop()
            if opened.text != _OPENS[token.text]:
                return _mismatch(text, opened, token)
    if waiting:
        opened = waiting[-1]
        return mistake(text, opened.start, f"`{opened.text}` is not closed")
    return None


def _mismatch(text: str, opened: Token, closing: Token) -> QuerySyntaxError:
    line = text.count("\n", 0, opened.start) + 1
    says = f"`{closing.text}` closes `{opened.text}` of line {line}"
    return mistake(text, closing.start, says, f"close `{opened.text}` first")


def _word(text: str, read: list[Token]) -> QuerySyntaxError | None:
    """Find a bare word that SPARQL does not have: it has no place in any query."""
    for token, after in zip(read, [*read[1:], None], strict=True):
        name = token.text.upper()
        if token.kind != "word" or name in KEYWORDS or name in FUNCTIONS:
            continue
        called = after is not None and after.text == "("
        kind = "function" if called else "keyword"
        meant = difflib.get_close_matches(name[:_LONGEST_WORD], _WORDS, 1, 0.6)
        hint = f"did you mean {meant[0]}?" if meant else "names need a prefix, variables a `?`"
        shown = token.text[:_MOST_SHOWN]
        return mistake(text, token.start, f"SPARQL has no {kind} `{shown}`", hint)
    return None


def _full_stop(text: str, read: list[Token]) -> QuerySyntaxError | None:
    loose = read_patterns(text, read).loose
    if loose is None:
        return None
    hint = "a full stop ends a triple, `;` goes on with its subject, `,` with its predicate"
    return mistake(text, loose, "a full stop, `;` or `,` is missing before this", hint)


def _outer_words(read: list[Token]) -> Iterator[Token]:
    """Give the words that stand outside of all brackets and declare nothing."""
    depth = 0
    for before, token in zip([None, *read], read, strict=False):
        depth += (token.kind == "open") - (token.kind == "close")
        declared = before is not None and before.text.upper() in ("PREFIX", "BASE", "VERSION")
        if token.kind == "word" and not depth and not declared:
            yield token


_CHECKS: Final[tuple[Callable[[str, list[Token]], QuerySyntaxError | None], ...]] = (
    *(_empty, _update, _open_string, _word, _brackets, _full_stop),
)
