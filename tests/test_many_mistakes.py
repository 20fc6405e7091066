"""One run of `check` names every mistake of every file, each at its line.

Two dozen kinds of mistakes are planted in five files: three files with mistakes of reading, two
that read cleanly and break rules. The expected line is that of the planted text.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from hostagegraph import build
from tests.projects import FIRST, SAMPLE, SECOND, SOURCE, THIRD, append, edit, sample_project

PEOPLE = "data/agents/people.yaml"
PROPOSALS = "data/hubs/proposals.yaml"


class Planted(NamedTuple):
    """A mistake: what stands in the file, what is put there, and what must be said at its line.

    The line named is that of `spot`, a text that stands once after planting; it is the first line
    of the planted text where `spot` is empty.
    """

    file: str
    old: str
    new: str
    says: str
    spot: str = ""


MISTAKES = {
    "syntax": Planted(PROPOSALS, "label: Harbour framework", "label: [Harbour", "broken YAML"),
    "duplicate key": Planted(
        PEOPLE, "label: Ottilie Quill}", "label: O. Quill, label: Ottilie Quill}", "stands twice"
    ),
    "E10, a person's private data": Planted(
        PEOPLE, "label: Basil Thrumm}", "label: Basil Thrumm, born: 1850}", "unknown field"
    ),
    "E3, a verdict": Planted(
        FIRST,
        "    at: mandate\n    gist: The Example Gazette reports that the cabinet",
        "    truth: 5\n    at: mandate\n    gist: The Example Gazette reports that the cabinet",
        "unknown field",
        "truth: 5",
    ),
    "bad date": Planted(FIRST, "when: 1900-01-02", "when: 1900-02-30", "not a day of the calendar"),
    "dangling reference": Planted(
        FIRST,
        "characterises: s/first-meeting",
        "characterises: s/last-meeting",
        'nothing is called "s/last-meeting"',
    ),
    "reference of the wrong kind": Planted(
        FIRST,
        "resultsIn: s/mandate-0101",
        "resultsIn: s/first-meeting",
        "this field takes MandateState",
    ),
    "coded value": Planted(FIRST, "changeType: granted", "changeType: given", "unknown value"),
    "passage of no name": Planted(
        FIRST, "    at: meeting\n", "    at: meetings\n", 'unknown passage "meetings"'
    ),
    "overlapping ids": Planted(
        FIRST,
        "  - id: 0101-07\n",
        "  - id: 0101-06\n",
        "is defined at",
        "  - id: 0101-06\n    at: [503",
    ),
    "wrong digest": Planted(
        SECOND, "denial: [1081, 1098, 9486", "denial: [1081, 1098, 0486", "wrong digest"
    ),
    "E2": Planted(
        THIRD,
        "gist: The Example Gazette reports a speech of Ottilie Quill on 6 January.",
        f"gist: The Example Gazette reports {'a long and ' * 30}winding speech.",
        "E2",
    ),
    "E5": Planted(
        THIRD,
        "descriptor: Members of the cabinet",
        "descriptor: Members of the cabinet who did not want their names",
        "seven words",
    ),
    "E6": Planted(
        THIRD,
        "    about: [agent/basil-thrumm]\n",
        "    about: [agent/basil-thrumm]\n    review: reviewed\n",
        "E6",
        "  - id: 0105-07",
    ),
    "E7": Planted(
        SECOND,
        "against: [{who: basil-thrumm, reply: denied}]",
        "against: [{who: basil-thrumm, reply: noComment}]",
        "E7",
        "  - id: 0103-06",
    ),
    "E8": Planted(
        SECOND,
        "    against: [basil-thrumm]\n  - id: 0103-04\n",
        "  - id: 0103-04\n",
        "E8",
        "  - id: 0103-03",
    ),
    "E9": Planted(
        SECOND,
        "    says: [{who: unnamed/senior-harbour-official-0103, in: s/stmt-official-0103}]\n",
        "    says: [{who: unnamed/senior-harbour-official-0103, in: s/stmt-official-0103}]\n"
        "    kind: ofFact\n",
        "E9",
        "  - id: 0103-02",
    ),
    "E12, a label": Planted(
        SECOND,
        "label: Reported instruction to ministers",
        "label: Instruction to ministers",
        "E12",
        "type: Instruction",
    ),
    "E12, a word": Planted(
        SECOND, "label: Framework described as worthless", "label: Framework torpedoed", "E12"
    ),
    "E13": Planted(
        THIRD,
        "whenText: On the same evening",
        "whenText: On the same evening as the talks at sea",
        "whenText",
    ),
    "E15": Planted(
        FIRST,
        "claims:\n",
        "relations: [{from: c/0101-05, type: rSupports, to: c/0101-03}]\nclaims:\n",
        "E15",
    ),
    "E17": Planted(
        SECOND,
        "subtype: pressRelease\n      publishedSpeaker: unnamed/",
        "attributionMode: named\n      publishedSpeaker: unnamed/",
        "E17",
        "type: Statement",
    ),
    "a field too few": Planted(
        FIRST,
        "measures: prisoners freed under an earlier agreement\n      ",
        "",
        "measures: missing",
        "type: Quantity",
    ),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, build.Checked]:
    """Plant all mistakes and check once."""
    root = sample_project(tmp_path_factory.mktemp("mistakes"))
    for planted in MISTAKES.values():
        edit(root, planted.file, planted.old, planted.new)
    texts = (SAMPLE / f"texts/{SOURCE}.txt",)
    return root, build.check(build.Project(root, texts=texts))


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named_at_its_line(report: tuple[Path, build.Checked], name: str) -> None:
    root, checked = report
    planted = MISTAKES[name]
    text = (root / planted.file).read_text(encoding="utf-8")
    place = text.index(planted.spot or planted.new)
    line = text.count("\n", 0, place) + 1
    said = [str(problem) for problem in checked.problems]
    here = f"{planted.file}:{line}:"
    assert any(p.startswith(here) and planted.says in p for p in said), (here, said)


def test_only_what_was_planted_is_named(report: tuple[Path, build.Checked]) -> None:
    """No mistake leads to a second one elsewhere: drafts apart, each problem has its plant."""
    _, checked = report
    drafts = [problem for problem in checked.problems if "stays a visible draft" in problem.message]
    assert len(checked.problems) - len(drafts) == len(MISTAKES), [str(p) for p in checked.problems]


def test_what_needs_every_file_is_left_out(report: tuple[Path, build.Checked]) -> None:
    assert not report[1].graph_wide


def test_a_person_without_a_public_role_is_named_once_every_file_reads(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    append(root, PEOPLE, "third-person: {label: Third Person}\n")
    (only,) = build.check(build.Project(root)).violations
    assert (only.file, only.rule, only.path) == (PEOPLE, "E10", "third-person")
