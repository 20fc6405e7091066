"""One citation in, its footnote, BibTeX, CSL-JSON and Turtle out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from hostagegraph.service.text import hints
from hostagegraph.vocabulary import RDF_TYPE, RDFS_LABEL

NOT_ESTABLISHED: Final = "Reported, not established."
MEDIA: Final[Mapping[str, str]] = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
    "ttl": "text/turtle; charset=utf-8",
}

_DCTERMS: Final = "http://purl.org/dc/terms/"
_PROV: Final = "http://www.w3.org/ns/prov#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
# BibTeX counts braces even where they are escaped, so that names stand for them.
_SPECIAL: Final[Mapping[str, str]] = {
    **{sign: f"\\{sign}" for sign in "$&#%_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited; an empty text stands for what is not known.

    `iri` names it, `url` leads to it; `container` is the work in which it stands, whose IRI is
    `work`; `voices` are the IRIs of those who say so; `issued` and `accessed` are days.
    """

    iri: str
    kind: str
    title: str
    note: str
    version: str
    url: str = ""
    authors: tuple[str, ...] = ()
    container: str = ""
    work: str = ""
    publisher: str = ""
    issued: str = ""
    accessed: str = ""
    locator: str = ""
    voices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name the entry: the last parts of its IRI, with the version of the data."""
        local = "-".join(self.iri.rpartition("/id/")[2].split("/"))
        return re.sub(r"[^A-Za-z0-9-]", "-", f"{local}-{self.version}")

    def written(self, ending: str, base: str) -> str:
        """Write it in the form that the ending names."""
        if ending == "bib":
            return self._bibtex()
        if ending == "json":
            return json.dumps([self._csl()], ensure_ascii=False, indent=1) + "\n"
        if ending == "ttl":
            return self._turtle(base)
        return self.text() + "\n"

    def text(self) -> str:
        """Write it as a footnote."""
        work = ", ".join(
            part for part in (*self.authors, self.container, self.publisher, self.issued) if part
        )
        place = f", {self.locator}" if self.locator else ""
        read = f" Read {self.accessed}." if self.accessed else ""
        where = f" In: {work}{place}." if work else ""
        title = self.title if self.title.endswith((".", "?", "!")) else f"{self.title}."
        return (
            f"{title} {self.note}{where} {self.url or self.iri} "
            f"(hostagegraph, data {self.version}).{read}"
        )

    def _bibtex(self) -> str:
        year, month = _year_and_month(self.issued or self.accessed)
        fields = {
            "author": " and ".join(f"{{{_tex(each)}}}" for each in self.authors),
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": _tex(", ".join(filter(None, (self.container, self.locator)))),
            "publisher": _tex(self.publisher),
            "year": year,
            "month": month,
            "note": _tex(self.note),
            "version": _tex(self.version),
            "url": _tex_address(self.url or self.iri),
            "urldate": self.accessed,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"]) + "\n"

    def _csl(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": self.key,
            "type": self.kind,
            "title": self.title,
            "author": [{"literal": author} for author in self.authors],
            "container-title": self.container,
            "publisher": self.publisher,
            "issued": _date_parts(self.issued),
            "accessed": _date_parts(self.accessed),
            "locator": self.locator,
            "version": self.version,
            "URL": self.url or self.iri,
            "note": self.note,
        }
        return {name: value for name, value in found.items() if value}

    def _turtle(self, base: str) -> str:
        written = ox.serialize(
            self._triples(base), format=ox.RdfFormat.TURTLE, prefixes=hints.prefixes(base)
        )
        return (written or b"").decode()

    def _triples(self, base: str) -> Iterator[ox.Triple]:
        subject = ox.NamedNode(self.iri)
        kind = ox.NamedNode(f"{base}ns#Claim" if self.voices else f"{_PROV}Entity")
        yield ox.Triple(subject, ox.NamedNode(RDF_TYPE), kind)
        yield ox.Triple(subject, ox.NamedNode(RDFS_LABEL), ox.Literal(self.title, language="en"))
        cited = ox.Literal(self.text(), language="en")
        yield ox.Triple(subject, ox.NamedNode(f"{_DCTERMS}bibliographicCitation"), cited)
        if self.work:
            yield ox.Triple(
                subject, ox.NamedNode(f"{_PROV}hadPrimarySource"), ox.NamedNode(self.work)
            )
        for voice in self.voices:
            yield ox.Triple(subject, ox.NamedNode(f"{_PROV}wasAttributedTo"), ox.NamedNode(voice))
        version = ox.Literal(self.version)
        yield ox.Triple(subject, ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo"), version)
        if self.accessed:
            day = ox.Literal(self.accessed, datatype=ox.NamedNode(f"{_XSD}date"))
            yield ox.Triple(subject, ox.NamedNode(f"{_DCTERMS}date"), day)


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in " ".join(text.split()))


def _tex_address(text: str) -> str:
    """Keep an address as it is, but for what would end the field or begin a comment."""
    return "".join(f"%{ord(sign):02X}" if sign in "{}\\ " else sign for sign in text)


def _year_and_month(day: str) -> tuple[str, str]:
    match = _DAY.match(day)
    return (match[1], _MONTHS[int(match[2]) - 1]) if match else ("", "")


def _date_parts(day: str) -> dict[str, list[list[int]]]:
    match = _DAY.match(day)
    return {"date-parts": [[int(part) for part in match.groups()]]} if match else {}
