"""YAML as strings with places: what is kept and what is refused."""

import pytest

from hostagegraph.documents import read_document


def messages(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in read_document("f.yaml", data)[1]]


def test_every_scalar_stays_a_string() -> None:
    node, problems = read_document("f.yaml", b"a: NO\nb: 12:30\nc: 012\nd: 1e3\ne: null\nf: ~\n")
    assert node is not None
    assert problems == []
    assert [value.value for _, value in node.value] == ["NO", "12:30", "012", "1e3", "null", "~"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "f.yaml:2:1: a: the key stands twice; keep one"),
        ("a: {b: 1, b: 2}\n", "f.yaml:1:11: a.b: the key stands twice; keep one"),
        ("a: &x 1\n", "f.yaml:1:4: anchor &x; remove it and write values out"),
        ("<<: {b: 1}\n", "f.yaml:1:1: <<: merge key; write the fields out"),
        (
            "a: !!int 1\n",
            "f.yaml:1:4: tag tag:yaml.org,2002:int; remove it, each field knows its type",
        ),
        ("a:\n", "f.yaml:1:3: a: empty value; leave the field out instead"),
        ("a: []\n", "f.yaml:1:4: a: empty value; leave the field out instead"),
        ("? [a, b]\n: 1\n", "f.yaml:1:3: a key must be a single word"),
        ("- a\n", "f.yaml:1:1: write a mapping (key: value) here"),
        ("", "f.yaml:1:1: write a mapping (key: value) here"),
    ],
)
def test_what_records_do_not_take_is_named_with_its_place(text: str, expected: str) -> None:
    assert messages(text) == [expected]


def test_an_alias_is_refused_with_its_anchor() -> None:
    assert messages("a: &x 1\nb: *x\n") == [
        "f.yaml:1:4: anchor &x; remove it and write values out",
        "f.yaml:2:4: alias *x; write the value out",
    ]


@pytest.mark.parametrize(
    "text", ["a: [1\nb: 2\n", "a: 1\n\tb: 2\n", "a: 'x\n", "--- {a: 1}\n--- {b: 2}\n", "a: \x01\n"]
)
def test_broken_syntax_is_one_message_with_a_line(text: str) -> None:
    (only,) = messages(text)
    assert only.startswith("f.yaml:")
    assert "broken YAML" in only


def test_bytes_that_are_no_utf8_are_named_with_their_line() -> None:
    assert messages(b"a: 1\nb: \xff\n") == ["f.yaml:2:1: not UTF-8; save the file as UTF-8"]
