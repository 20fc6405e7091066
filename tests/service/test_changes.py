"""What changed between two answers: rows are compared as they are, or by the claim they rest on."""

from hostagegraph.service.questions.changes import changes
from hostagegraph.service.rows import Row

COLUMNS = ("claim", "text")


def row(claim: str, text: str) -> Row:
    return {
        "claim": {"type": "uri", "value": claim},
        "text": {"type": "literal", "value": text},
    }


def told(before: list[Row], after: list[Row], claim: str = "") -> list[tuple[str, str]]:
    return [(change.sort, change.claim) for change in changes(before, after, COLUMNS, claim)]


def test_without_a_claim_a_row_that_differs_has_gone_and_another_came() -> None:
    assert told([row("a", "1")], [row("a", "2")]) == [("added", ""), ("gone", "")]


def test_with_a_claim_it_has_changed() -> None:
    assert told([row("a", "1")], [row("a", "2")], "claim") == [("changed", "a")]


def test_a_claim_may_have_several_rows() -> None:
    before = [row("a", "1"), row("a", "2"), row("b", "1")]
    after = [row("a", "2"), row("a", "1"), row("c", "1")]
    assert told(before, after, "claim") == [("gone", "b"), ("added", "c")]
    assert told(before, [*after, row("a", "3")], "claim") == [
        ("changed", "a"),
        ("gone", "b"),
        ("added", "c"),
    ]


def test_a_row_that_comes_once_more_is_added() -> None:
    assert told([row("a", "1")], [row("a", "1"), row("a", "1")]) == [("added", "")]


def test_a_text_in_another_language_is_another_text() -> None:
    english: Row = {"text": {"type": "literal", "value": "no", "xml:lang": "en"}}
    italian: Row = {"text": {"type": "literal", "value": "no", "xml:lang": "it"}}
    assert told([english], [italian]) == [("added", ""), ("gone", "")]
    assert told([english], [english]) == []
