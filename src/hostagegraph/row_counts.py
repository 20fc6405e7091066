"""The bytes of a SPARQL result in, the number of its rows out.

The engine's serialiser gives no count, so rows are counted in what it wrote. Each format has one
sign that begins or ends a row and that a value cannot hold: escaping sees to it.
"""

import re

_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def rows_in(media: str, body: bytes) -> int:
    r"""Count the rows of a whole SELECT result.

    >>> rows_in("text/csv", b'x\r\n1\r\n"two\nlines"\r\n')
    2
    """
    return _COUNTS[media](body)


def _json(body: bytes) -> int:
    """Leave out the strings: then two rows meet at `},{`, and nothing else does."""
    bare = _JSON_STRING.sub(b"", body)
    rows = bare[bare.rindex(b"[") + 1 : bare.rindex(b"]")]
    return rows.count(b"},{") + 1 if rows else 0


def _xml(body: bytes) -> int:
    return body.count(b"<result>")


def _csv(body: bytes) -> int:
    """Count line ends outside of quotes: every second piece, for a doubled quote leaves two."""
    return sum(piece.count(b"\n") for piece in body.split(b'"')[::2]) - 1


def _tsv(body: bytes) -> int:
    return body.count(b"\n") - 1


_COUNTS = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
}
