"""The command line: what it prints and how it ends."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph.cli import main
from hostagegraph.records import read_records
from hostagegraph.snapshot import current
from hostagegraph.store import open_store
from tests.projects import BASE, FIRST, SAMPLE, SECOND, SOURCE, edit, sample_project

TEXT = SAMPLE / f"texts/{SOURCE}.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sample_project(tmp_path_factory.mktemp("cli"))
    assert main(["--root", str(root), "build"]) == 0
    return root


def run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["--root", str(root), *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def lines(text: str) -> Sequence[str]:
    return text.splitlines()


def test_build_prints_a_summary(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, sample_project(tmp_path), "build")
    assert code == 0
    assert "30 claims, 3 statements, 3 leaks, 1 mandates, 1 sources, 29 drafts" in out
    assert "seconds" in out
    code, out, _ = run(capsys, tmp_path, "build")
    assert (code, "nothing changed" in out) == (0, True)


def test_check_prints_each_mistake_on_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = sample_project(tmp_path, {FIRST: ("changeType: granted", "changeType: grant")})
    code, out, err = run(capsys, root, "check")
    assert code == 1
    (first, *_) = lines(out)
    assert first.startswith(f"{FIRST}:")
    assert 'unknown value "grant" (did you mean "granted"?)' in first
    assert "graph-wide checks that need every file are left out" in err


def test_check_prints_mistakes_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = sample_project(tmp_path, {FIRST: ("changeType: granted", "changeType: grant")})
    code, out, _ = run(capsys, root, "check", "--format", "json")
    found = [item for item in json.loads(out) if item["level"] == "Violation"]
    assert code == 1
    assert set(found[0]) == {"file", "line", "column", "path", "rule", "level", "message"}
    assert found[0]["path"] == "claims[0].content.changeType"


@pytest.mark.parametrize("name", ["", "data"])
def test_check_takes_another_folder_of_records(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, built: Path, name: str
) -> None:
    """The shapes are those of the project, the records those of the folder."""
    shutil.copytree(SAMPLE / "data", tmp_path / "data")
    code, _, err = run(capsys, built, "check", str(tmp_path / name))
    assert (code, "no mistakes" in err) == (0, True)
    edit(tmp_path, FIRST, "changeType: granted", "changeType: grant")
    code, out, _ = run(capsys, built, "check", str(tmp_path / name))
    assert (code, out.startswith(f"{FIRST}:")) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_check_reports_in_turtle(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = sample_project(tmp_path, {SECOND: ("reply: denied", "reply: replied")})
    code, out, _ = run(capsys, root, "check", "--format", "turtle")
    assert (code, "sh:ValidationReport" in out or "shacl#ValidationReport" in out) == (1, True)


def test_check_judges_a_partners_turtle(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path
) -> None:
    _, turtle, _ = run(capsys, built, "export")
    file = tmp_path / "partner.ttl"
    file.write_text(turtle, encoding="utf-8")
    code, _, err = run(capsys, built, "check", str(file))
    assert (code, "no violations" in err) == (0, True)
    file.write_text(turtle.replace("hg:replyStatus hg:denied", "hg:replyStatus hg:no"), "utf-8")
    code, out, _ = run(capsys, built, "check", str(file))
    assert code == 1
    assert "c0103-06-g1 hg:replyStatus" in out


def test_turtle_as_the_engine_writes_it_conforms_too(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path
) -> None:
    """The engine writes whole numbers as xsd:integer, whatever they were."""
    opened = open_store(current(built / "snapshots").store)
    names = (ox.NamedNode(f"{BASE}graph/{name}") for name in ("shared", SOURCE))
    quads = (quad for name in names for quad in opened.quads_for_pattern(None, None, None, name))
    file = tmp_path / "engine.ttl"
    file.write_bytes(ox.serialize((q.triple for q in quads), format=ox.RdfFormat.TURTLE) or b"")
    code, _, err = run(capsys, built, "check", str(file))
    assert (code, "no violations" in err) == (0, True)


def test_check_names_line_and_column_of_broken_turtle(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("<urn:a> <urn:b>\n  nonsense .\n", encoding="utf-8")
    code, _, err = run(capsys, built, "check", str(file))
    assert code == 2
    assert "broken.ttl:2:" in err


def test_export_gives_turtle_and_nquads(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    code, out, _ = run(capsys, built, "export")
    assert (code, "hg:Claim" in out) == (0, True)
    code, out, _ = run(capsys, built, "export", "--format", "nquads")
    assert (code, list(lines(out)) == sorted(lines(out))) == (0, True)
    code, out, _ = run(capsys, built, "export", "--graph", "shared")
    assert (code, "Basil Thrumm" in out, "hg:Claim" in out) == (0, True, False)
    code, _, err = run(capsys, built, "export", "--graph", "nothing")
    assert (code, "no dump is called nothing.ttl" in err) == (2, True)


def test_query_prints_rows_as_csv(capfdbinary: pytest.CaptureFixture[bytes], built: Path) -> None:
    code = main(["--root", str(built), "query", "statements-by-anonymous-officials"])
    out = capfdbinary.readouterr().out.decode()
    assert code == 0
    assert "s-stmt-official-0103" in out


def test_query_says_what_is_wrong_with_its_values(
    capsys: pytest.CaptureFixture[str], built: Path
) -> None:
    name = "statements-by-anonymous-officials"
    code, _, err = run(capsys, built, "query", name, "scope=all")
    assert (code, "scope" in err) == (2, True)
    code, _, err = run(capsys, built, "query", name, "scope")
    assert (code, "scope: a value is missing; write --scope VALUE" in err) == (2, True)
    code, _, err = run(capsys, built, "query", "statements-by-anonymous-official")
    assert (code, "statements-by-anonymous-officials" in err) == (2, True)


def test_anchor_prints_what_a_record_takes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, tmp_path, "anchor", str(TEXT), "--find", "Thrumm denied it.")
    assert code == 0
    assert out.startswith("[1081, 1098, 9486dab3")
    code, again, _ = run(capsys, tmp_path, "anchor", str(TEXT), "--at", "1081", "1098")
    assert again == out
    code, _, err = run(capsys, tmp_path, "anchor", str(TEXT), "--find", "the team")
    assert (code, "stands at" in err) == (2, True)
    code, _, err = run(capsys, tmp_path, "anchor", str(tmp_path / "none"), "--find", "x")
    assert (code, "No such file" in err) == (2, True)


def test_verify_counts_passages_and_lists_gaps(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = sample_project(tmp_path)
    code, out, _ = run(capsys, root, "verify", "--text", str(TEXT), "--coverage")
    assert code == 0
    assert "passages verified" in out
    assert "January 1 - First meeting" in out
    edit(root, SECOND, "[1081, 1098, 9486", "[1081, 1098, 0486")
    code, out, _ = run(capsys, root, "verify", "--texts", str(TEXT.parent))
    assert (code, "wrong digest" in out) == (1, True)
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    code, _, err = run(capsys, root, "verify", "--text", str(other))
    assert (code, "none of the texts" in err) == (2, True)


def test_new_writes_skeletons_and_never_over_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = sample_project(tmp_path)
    code, out, _ = run(capsys, root, "new", "section", SOURCE, "0109", "last-day")
    assert (code, out) == (0, f"data/records/{SOURCE}/0109-last-day.yaml\n")
    code, _, err = run(capsys, root, "new", "section", SOURCE, "0109", "last-day")
    assert (code, "exists already" in err) == (2, True)
    code, out, _ = run(capsys, root, "new", "source", "courier-1900", "--text", str(TEXT))
    assert (code, "length: 2126" in (root / out.strip()).read_text(encoding="utf-8")) == (0, True)


def test_a_new_section_says_what_is_still_to_be_filled_in(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = sample_project(tmp_path)
    run(capsys, root, "new", "section", SOURCE, "0109", "last-day")
    (only,) = read_records(root).problems
    assert 'nothing is called "slug-of-the-speaker"' in only.message


def test_docs_prints_the_schema_and_writes_the_reference(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, built, "docs", "--schema")
    assert (code, json.loads(out)["properties"]["claims"] is not None) == (0, True)
    code, out, _ = run(capsys, built, "docs", "--shacl-sparql")
    assert (code, "sh:sparql" in out) == (0, True)
    code, out, _ = run(capsys, built, "docs", "--into", str(tmp_path))
    leak = (tmp_path / "ontology/Leak.md").read_text(encoding="utf-8")
    used = "> In the data: The Example Gazette reports that"
    assert (code, used in leak) == (0, True), "a class is shown with a claim, never as a fact"


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_that_is_no_project_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    """Without its shapes every record would pass."""
    code, _, err = run(capsys, tmp_path, command)
    assert (code, "is no project folder: it has no ontology, queries, shapes, data" in err) == (
        2,
        True,
    )


def test_a_command_without_a_snapshot_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, tmp_path, "export")
    assert (code, "run: hostagegraph build" in err) == (2, True)
