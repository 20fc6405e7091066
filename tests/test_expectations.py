"""Counts that fall or double are found before publication."""

from pathlib import Path

import pytest

from hostagegraph import build
from hostagegraph.errors import InvalidRecords
from tests.projects import ROOT, THIRD, edit, sample_project

FILE = "data/expectations.yaml"


def problems(tmp_path: Path, text: str) -> list[str]:
    root = sample_project(tmp_path)
    (root / FILE).write_text(text, encoding="utf-8")
    return [str(problem) for problem in build.check(build.Project(root)).violations]


def test_counts_within_their_ranges_are_no_problem(tmp_path: Path) -> None:
    assert (
        problems(tmp_path, "all: {Claim: [30, 30], Leak: [3, 9]}\n'0105': {Leak: [2, 2]}\n") == []
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all: {Claim: [31, 40]}\n", "1:14: all.Claim: 30 found, 31 to 40 expected"),
        ("'0105': {Leak: [0, 1]}\n", "1:16: 0105.Leak: 2 found, 0 to 1 expected"),
        ("'0109': {Leak: [0, 1]}\n", "1:1: 0109: no section of this name; there are 0101, 0103"),
        ("all: {Claims: [0, 1]}\n", "1:7: all.Claims: no class of the ontology has this name"),
        ("all: {Claim: [2, 1]}\n", "1:14: all.Claim: write [minimum, maximum]"),
        ("all: {Claim: 24}\n", "1:14: all.Claim: write [minimum, maximum]"),
        ("all: 24\n", "1:6: all: write a map such as {Claim: [20, 40]}"),
        ("all: {Claim: [1, 2]\n", "broken YAML"),
    ],
)
def test_what_does_not_hold_is_named_with_its_place(
    tmp_path: Path, text: str, expected: str
) -> None:
    (only,) = problems(tmp_path, text)
    assert only.startswith(f"{FILE}:")
    assert expected in only


def test_a_lost_record_stops_the_build(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    (root / FILE).write_text("all: {Leak: [3, 3]}\n", encoding="utf-8")
    build.build(build.Project(root), root / "snapshots")
    text = (root / THIRD).read_text(encoding="utf-8")
    begin, end = text.index("  - id: 0105-04"), text.index("  - id: 0105-05")
    edit(root, THIRD, text[begin:end], "")
    with pytest.raises(InvalidRecords) as caught:
        build.build(build.Project(root), root / "snapshots")
    assert any("2 found, 3 to 3 expected" in problem.message for problem in caught.value.problems)


def test_the_real_data_have_expectations_for_each_section() -> None:
    text = (ROOT / FILE).read_text(encoding="utf-8")
    for path in (ROOT / "data/records").glob("*/*.yaml"):
        assert f'"{path.stem.partition("-")[0]}":' in text
