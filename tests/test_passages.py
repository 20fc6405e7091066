"""norm/1, offsets, digests and anchors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph import passages
from hostagegraph.errors import PassageError

VECTORS = [
    (
        "ef bb bf 20 20 43 61 66 65 cc 81 0d 0a 09 4e 4f 20",
        7,
        "db809b1c29d21973a75c0061899f254000122ef7a4f99818d838f3fcd62d48da",
    ),
    (
        "61 c2 a0 e2 80 89 62 e2 80 8b 63",
        5,
        "5b11223a308c7b5186533addd91d8cbd37b17949695d5fd28e493875411b591c",
    ),
    ("78 1c 79 20 20 7a", 5, "946f00a614ffa67eccbf22caaeba2a7855624b67cff71b056b9dd986ccc97e1d"),
    (
        "d7 90 d6 b8 20 f0 9f 95 8a 2e",
        5,
        "b5f0e789c418cf821036a58817b62f2a4899688413b2739d8684d692c1f78ab3",
    ),
]


@pytest.mark.parametrize(("document", "length", "digest"), VECTORS)
def test_norm1_gives_the_published_vectors(document: str, length: int, digest: str) -> None:
    text = passages.norm1(bytes.fromhex(document))
    assert (len(text), passages.digest_of(text)) == (length, digest)


assigned = st.text(st.characters(exclude_categories=["Cn", "Cs"]))


@given(assigned)
def test_norm1_of_norm1_is_itself(text: str) -> None:
    once = passages.norm1_text(text)
    assert passages.norm1_text(once) == once


@given(assigned)
def test_norm1_leaves_no_space_at_the_ends_nor_two_in_a_row(text: str) -> None:
    found = passages.norm1_text(text)
    assert found == found.strip(" ")
    assert "  " not in found


def test_invalid_utf8_is_an_error_that_names_the_byte() -> None:
    with pytest.raises(PassageError, match="byte 2"):
        passages.norm1(b"ab\xffc")


def test_an_unassigned_code_point_is_an_error() -> None:
    with pytest.raises(PassageError, match=r"U\+0378 at 1"):
        passages.norm1_text("a\u0378")


TEXT = "The envoys met. The envoys talked, and the envoys parted."


def test_words_are_anchored_where_they_stand() -> None:
    found = passages.find(TEXT, "met.")
    assert (TEXT[found.start : found.end], found.digest) == ("met.", passages.digest_of("met."))


def test_an_anchor_reaches_to_the_end_of_the_first_later_match() -> None:
    found = passages.find(TEXT, "The envoys talked", to="envoys")
    assert TEXT[found.start : found.end] == "The envoys talked, and the envoys"


def test_words_found_twice_are_an_error_that_lists_the_offsets() -> None:
    with pytest.raises(PassageError, match="stands at 0, 16"):
        passages.find(TEXT, "The envoys")


def test_words_that_overlap_themselves_are_found_twice() -> None:
    with pytest.raises(PassageError, match="stands at 0, 1"):
        passages.find("aaa", "aa")


@pytest.mark.parametrize(("words", "to"), [("nobody", None), ("", None), ("met.", "nobody")])
def test_words_that_are_not_there_are_an_error(words: str, to: str | None) -> None:
    with pytest.raises(PassageError):
        passages.find(TEXT, words, to)


@pytest.mark.parametrize(("start", "end"), [(3, 6), (0, 4), (5, 5), (6, 5), (0, 99), (-1, 2)])
def test_offsets_that_make_no_passage_are_an_error(start: int, end: int) -> None:
    with pytest.raises(PassageError):
        passages.span(TEXT, start, end)


def test_a_passage_may_not_begin_inside_a_character() -> None:
    with pytest.raises(PassageError, match="inside a character"):
        passages.span("\u05d0\u05b8b", 1, 3)


def test_an_anchor_prints_as_it_is_written_in_a_record() -> None:
    assert str(passages.span("abc", 0, 1)) == f"[0, 1, {passages.digest_of('a')}]"


def sentences(document: str) -> list[str]:
    text = passages.norm1(document.encode())
    return [text[a:b] for a, b in passages.sentences(document.encode())]


def test_sentences_end_at_full_stops_and_at_lines_but_not_after_titles() -> None:
    document = "A heading\n\nMaj. Gen. Able met D. Baker. “Stop!” he said.  It ended.\n"
    assert sentences(document) == [
        "A heading",
        "Maj. Gen. Able met D. Baker.",
        "“Stop!” he said.",
        "It ended.",
    ]


@given(st.lists(st.text("ab .!”\n", max_size=20)).map("".join))
def test_sentences_cover_every_letter_once(document: str) -> None:
    text = passages.norm1(document.encode())
    spans = list(passages.sentences(document.encode()))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert all(0 <= a < b <= len(text) for a, b in spans)
