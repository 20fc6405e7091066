"""Project folders for tests: the invented sample with the real ontology, shapes and queries."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from hostagegraph import rdf
from hostagegraph.records import read_records

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample"
SOURCE = "example-gazette-1900"
BASE = "https://w3id.org/hostagegraph/"

FIRST = f"data/records/{SOURCE}/0101-first-meeting.yaml"
SECOND = f"data/records/{SOURCE}/0103-statement-and-denial.yaml"
THIRD = f"data/records/{SOURCE}/0105-mandate-narrowed.yaml"
FOURTH = f"data/records/{SOURCE}/0107-answer-and-journey.yaml"


def sample_project(folder: Path, edits: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """Copy the sample into a folder; `edits` replaces one text by another in a file."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    for name in ("ontology", "shapes", "queries"):
        (folder / name).symlink_to(ROOT / name)
    for file, (old, new) in (edits or {}).items():
        edit(folder, file, old, new)
    return folder


def data_quads(root: Path, base: str = BASE) -> Iterator[ox.Quad]:
    """Say the records of a project in RDF, without ontology and catalogue."""
    reading = read_records(root)
    sources = {source.source: source for source in reading.sources}
    yield from rdf.shared_quads(reading.shared, base)
    for source in reading.sources:
        yield from rdf.source_quads(source, base)
    for section in reading.sections.values():
        yield from rdf.section_quads(section, sources[section.source], base)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(folder: Path, file: str, text: str) -> None:
    """Append lines to a file."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
