"""Anchor words without storing them: bytes to norm/1 text; offsets and digests in that text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hostagegraph.errors import PassageError

# Unicode White_Space, spelled out: `\s` and str.split() in Python also match U+001C to U+001F.
_SPACES = re.compile(
    "[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a norm/1 text: code points [start, end) and the SHA-256 of its UTF-8 bytes."""

    start: int
    end: int
    digest: str

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}, {self.digest}]"


def norm1(document: bytes) -> str:
    """Normalise the bytes of a source text by norm/1.

    Raises PassageError when the bytes are no UTF-8 or hold an unassigned code point.

    >>> norm1(bytes.fromhex("efbbbf2020436166 65cc810d0a094e4f20"))
    'Café NO'
    """
    try:
        text = document.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PassageError(f"not UTF-8 at byte {error.start}: save the text as UTF-8") from error
    return norm1_text(text.removeprefix("\ufeff"))


def norm1_text(text: str) -> str:
    """Normalise words, as typed on a command line, by norm/1."""
    unassigned = next((ch for ch in text if unicodedata.category(ch) == "Cn"), None)
    if unassigned is not None:
        place = text.index(unassigned)
        raise PassageError(f"unassigned code point U+{ord(unassigned):04X} at {place}: remove it")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def digest_of(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8 bytes in lower-case hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def span(text: str, start: int, end: int) -> Span:
    """Anchor known offsets of a norm/1 text.

    Raises PassageError when they lie outside the text, or begin or end on a space or inside a
    character.
    """
    if not 0 <= start < end <= len(text):
        raise PassageError(f"[{start}, {end}) is no part of a text of {len(text)} characters")
    if text[start] == " " or text[end - 1] == " ":
        raise PassageError(f"[{start}, {end}) begins or ends with a space; move the offset by one")
    if unicodedata.category(text[start]).startswith("M"):
        raise PassageError(f"[{start}, {end}) begins inside a character; move the start back")
    return Span(start, end, digest_of(text[start:end]))


def find(text: str, words: str, to: str | None = None) -> Span:
    """Anchor words in a norm/1 text, up to the end of the first later match of `to` if given.

    Raises PassageError when the words are not found, or found more than once; it lists the
    offsets.
    """
    wanted = norm1_text(words)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)]
    if not wanted or not starts:
        raise PassageError(f"{words!r} does not stand in the text; give the words as printed")
    if len(starts) > 1:
        offsets = ", ".join(map(str, starts))
        raise PassageError(f"{words!r} stands at {offsets}; give more words, or use --at")
    end = starts[0] + len(wanted)
    if to is not None:
        last = norm1_text(to)
        found = text.find(last, end) if last else -1
        if found < 0:
            raise PassageError(f"{to!r} does not stand after {words!r}")
        end = found + len(last)
    return span(text, starts[0], end)


def sentences(document: bytes) -> Iterator[tuple[int, int]]:
    """Give the offsets, in the norm/1 text, of each sentence; a line's end is a sentence's end."""
    offset = 0
    for line in norm1_lines(document):
        start = 0
        for match in _SENTENCE_END.finditer(line):
            yield offset + start, offset + match.end(1)
            start = match.end()
        yield offset + start, offset + len(line)
        offset += len(line) + 1


def norm1_lines(document: bytes) -> list[str]:
    """Normalise each line that holds words: joined by spaces they are the norm/1 text."""
    text = document.decode("utf-8").removeprefix("\ufeff")
    return [line for line in map(norm1_text, text.split("\n")) if line]


# An initial ("D."), a title ("Maj.") or an abbreviation ("U.S.") ends no sentence.
_SENTENCE_END = re.compile(
    "((?<![A-Z])(?<!Gen)(?<!Maj)(?<!Mr)(?<!Ms)(?<!Dr)(?<!res)[.!?][\u201d\u2019\"')]*)"
    " (?=[\u201c\u2018\"'(A-Z0-9])"
)
