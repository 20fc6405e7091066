"""Hold records against the texts they rest on: passages in, wrong digests and gaps out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hostagegraph import model, passages
from hostagegraph.errors import PassageError, Problem
from hostagegraph.records import Reading


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text at hand: which source and language it is, its bytes and its norm/1 form."""

    source: str
    language: str
    document: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that no passage touches: its offsets in the norm/1 text and its words."""

    start: int
    end: int
    words: str


def find_texts(reading: Reading, files: Iterable[Path]) -> tuple[SourceText, ...]:
    """Recognise texts by their digest. Files that are the text of no source are left out.

    Raises PassageError when a file is no UTF-8 text.
    """
    known = {
        text.sha256: (source.source, language)
        for source in reading.sources
        for language, text in source.texts.items()
    }
    found = []
    for file in files:
        document = file.read_bytes()
        text = passages.norm1(document)
        if (of := known.get(passages.digest_of(text))) is not None:
            found.append(SourceText(*of, document, text))
    return tuple(found)


def wrong_passages(reading: Reading, texts: Iterable[SourceText]) -> Iterator[Problem]:
    """Check every passage of the records against the texts at hand, and their lengths."""
    by_name = {(text.source, text.language): text for text in texts}
    for source in reading.sources:
        for language, record in source.texts.items():
            at_hand = by_name.get((source.source, language))
            if at_hand is not None and str(len(at_hand.text)) != record.length:
                message = f"length is {len(at_hand.text)} in norm/1, not {record.length}"
                yield _problem(reading, f"{source.source}/t-{language}", message)
    for (source_name, language, thing), anchor in anchors_of(reading).items():
        at_hand = by_name.get((source_name, language))
        if at_hand is not None and (wrong := _wrong(at_hand.text, anchor)):
            yield _problem(reading, thing, wrong)


def anchors_of(reading: Reading) -> Mapping[tuple[str, str, str], model.Anchor]:
    """Give every anchored passage by source, language and path under `id/`."""
    found = {}
    for section in reading.sections.values():
        for claim in section.claims:
            if isinstance(claim, model.Withdrawn):
                continue
            for at in (claim.at, *(denial.at for denial in claim.denied)):
                for anchor in at:
                    if isinstance(anchor, model.Anchor):
                        thing = _thing(section, anchor)
                        found[section.source, section.text, thing] = anchor
    return found


def gaps(reading: Reading, text: SourceText) -> tuple[tuple[Gap, ...], int]:
    """Give the sentences that no passage touches, up to the last passage, and how many follow."""
    spans = [
        (int(anchor.start), int(anchor.end))
        for (source, language, _), anchor in anchors_of(reading).items()
        if (source, language) == (text.source, text.language)
    ]
    last = max((end for _, end in spans), default=0)
    untouched = [
        Gap(start, end, text.text[start:end])
        for start, end in passages.sentences(text.document)
        if not any(begin < end and start < stop for begin, stop in spans)
    ]
    before = tuple(gap for gap in untouched if gap.start < last)
    return before, len(untouched) - len(before)


def _wrong(text: str, anchor: model.Anchor) -> str:
    """Say what is wrong with a passage; nothing if it stands in the text as recorded."""
    try:
        found = passages.span(text, int(anchor.start), int(anchor.end))
    except PassageError as error:
        return str(error)
    if found.digest != anchor.digest:
        return f"wrong digest for [{anchor.start}, {anchor.end}); the text gives {found.digest}"
    return ""


def _thing(section: model.Section, anchor: model.Anchor) -> str:
    place = f"{anchor.start}-{anchor.end}"
    language = section.text.lower()
    return f"{section.source}/p-{place if language == 'en' else f'{language}-{place}'}"


def _problem(reading: Reading, thing: str, message: str) -> Problem:
    place = reading.place_of(thing)
    if place is None:
        return Problem(thing, 0, 0, "", message)
    return Problem(place.file, place.line, place.column, place.path, message)
