"""Source works in, what a citation says of them out: title, publisher, day of issue, language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from hostagegraph.service.asking import ask

_WORKS: Final = """SELECT ?work ?label ?title ?publisher ?issued ?language ?author WHERE {
  VALUES ?work { $THINGS }
  OPTIONAL { ?work rdfs:label ?label }
  OPTIONAL { ?work dcterms:title ?title }
  OPTIONAL { ?work dcterms:publisher ?house . ?house rdfs:label ?publisher .
    FILTER (LANG(?publisher) = "en") }
  OPTIONAL { ?work dcterms:issued ?issued }
  OPTIONAL { ?work dcterms:language ?language }
  OPTIONAL { ?work dcterms:creator ?author }
} ORDER BY ?work ?author ?label ?title ?language"""


@dataclass(frozen=True, slots=True)
class Work:
    """A publication; an empty text stands for what is not known."""

    iri: str
    title: str = ""
    publisher: str = ""
    issued: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()


async def works(request: Request, iris: Iterable[str]) -> Mapping[str, Work]:
    """Describe source works."""
    found: dict[str, Work] = {}
    for row in await ask(request, _WORKS, dict.fromkeys(iris)):
        known = found.get(row["work"], Work(row["work"]))
        authors = dict.fromkeys((*known.authors, row["author"]))
        found[row["work"]] = Work(
            row["work"],
            known.title or row["title"] or row["label"],
            known.publisher or row["publisher"],
            known.issued or row["issued"],
            known.language or row["language"],
            tuple(author for author in authors if author),
        )
    return found
