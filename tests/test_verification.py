"""Records held against the texts they rest on."""

from pathlib import Path

import pytest

from hostagegraph import verification
from hostagegraph.records import read_records
from tests.projects import FIRST, SECOND, SOURCE, edit, sample_project

TEXT = f"texts/{SOURCE}.txt"


def test_every_passage_of_the_sample_verifies(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    reading = read_records(root)
    texts = verification.find_texts(reading, [root / TEXT])
    assert [(text.source, text.language) for text in texts] == [(SOURCE, "en")]
    assert list(verification.wrong_passages(reading, texts)) == []
    assert len(verification.anchors_of(reading)) > 15


def test_a_text_of_no_source_is_left_out(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    (root / TEXT).write_text("Another text.", encoding="utf-8")
    assert verification.find_texts(read_records(root), [root / TEXT]) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[1081, 1098, 9486", "[1081, 1098, 0486", "wrong digest for [1081, 1098); the text gives"),
        ("[1081, 1098, 9486", "[1081, 9098, 9486", "is no part of a text of 2126 characters"),
    ],
)
def test_a_passage_that_is_not_in_the_text_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    root = sample_project(tmp_path, {SECOND: (old, new)})
    reading = read_records(root)
    texts = verification.find_texts(reading, [root / TEXT])
    (only,) = verification.wrong_passages(reading, texts)
    assert message in only.message
    assert (only.file, only.path) == (SECOND, "passages.denial")


def test_a_wrong_length_is_named(tmp_path: Path) -> None:
    file = f"data/sources/{SOURCE}.yaml"
    root = sample_project(tmp_path, {file: ("length: 2126", "length: 2127")})
    reading = read_records(root)
    texts = verification.find_texts(reading, [root / TEXT])
    (only,) = verification.wrong_passages(reading, texts)
    assert (only.file, only.message) == (file, "length is 2126 in norm/1, not 2127")


def test_gaps_are_the_sentences_that_no_passage_touches(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    reading = read_records(root)
    (text,) = verification.find_texts(reading, [root / TEXT])
    found, after = verification.gaps(reading, text)
    headings = [gap.words for gap in found if not gap.words.endswith(".")]
    assert headings[:2] == ["The harbour talks, day by day", "January 1 - First meeting"]
    assert after == 0
    claim = "at: [392, 443, ce3170a46dd4c4a42401a5a70af0bd2cc1ecefac54a71ca3ef843e69fea5ec38]"
    edit(root, FIRST, claim, "at: mandate")
    more, _ = verification.gaps(read_records(root), text)
    assert [gap.words for gap in set(more) - set(found)] == [
        "The Example Courier dates the meeting to January 2."
    ]
