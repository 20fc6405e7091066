"""`hostagegraph query` and `hostagegraph new query`: from the command line to the rows."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import build, pick_lists
from hostagegraph.cli import main
from hostagegraph.queries import Catalogue
from hostagegraph.query_files import read_query
from hostagegraph.skeletons import new_query
from hostagegraph.snapshot import current
from hostagegraph.store import open_store, store_of
from tests.projects import ROOT, SOURCE, sample_project
from tests.test_queries_folder import real

OFFICIALS = "statements-by-anonymous-officials"
SPEECHES = "statements-of-a-speaker"

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sample_project(tmp_path_factory.mktemp("query"))
    assert main(["--root", str(root), "build"]) == 0
    return root


@pytest.fixture
def ask(built: Path, capfd: pytest.CaptureFixture[str]) -> Ask:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--root", str(built), "query", *words])
        out, err = capfd.readouterr()
        return code, out, err

    return run


def test_without_a_name_all_queries_are_listed(ask: Ask) -> None:
    code, out, _ = ask()
    assert code == 0
    assert len(out.splitlines()) == len(list((ROOT / "queries").glob("*.rq")))
    assert any(line.startswith(f"{OFFICIALS} ") for line in out.splitlines())


def test_rows_are_those_of_the_catalogue(ask: Ask, built: Path) -> None:
    code, out, _ = ask(SPEECHES, "--speaker", "agent/ottilie-quill", "--since", "1900-01-07")
    rows = list(csv.DictReader(io.StringIO(out)))
    query = Catalogue.load(built / "queries").get(SPEECHES)
    values = {"speaker": ["agent/ottilie-quill"], "since": ["1900-01-07"]}
    own = query.rows(open_store(current(built / "snapshots").store), values)
    assert code == 0
    assert [row["statementLabel"] for row in rows] == [row["statementLabel"] for row in own]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", "earliest,"), ("tsv", "?earliest\t"), ("json", '{"head"'), ("xml", "<?xml")],
)
def test_a_table_comes_in_the_format_asked_for(ask: Ask, form: str, begins: str) -> None:
    code, out, _ = ask(SPEECHES, "--format", form, "speaker=agent/ottilie-quill")
    assert (code, out.startswith(begins)) == (0, True)


def test_a_graph_comes_as_turtle_or_json_ld(ask: Ask) -> None:
    words = ("record-of-a-claim", "--claim", f"{SOURCE}/c0103-06")
    _, turtle, _ = ask(*words)
    assert "hg:denies" in turtle
    _, linked, _ = ask(*words, "--format", "jsonld")
    triples = {quad.triple for quad in ox.parse(linked, format=ox.RdfFormat.JSON_LD)}
    assert triples == {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert json.loads(linked)


def test_source_policies_hold(ask: Ask) -> None:
    counts = []
    for words in ([], ["--sources", "on-record"], ["--sources", "on-record,no-leaks"]):
        _, out, _ = ask("sources", *words)
        counts += [row["claims"] for row in csv.DictReader(io.StringIO(out))]
    assert counts == ["30", "26", "24"]
    code, _, err = ask("agents", "--sources", "on-record")
    assert (code, "agents obeys no source policy: its rows rest on no claims" in err) == (2, True)
    code, _, err = ask("sources", "--sources", "on-recrod")
    assert (code, "did you mean on-record?" in err) == (2, True)


def test_mistakes_are_told_with_what_was_meant(ask: Ask) -> None:
    code, out, err = ask(OFFICIALS, "--sinse", "1900-01-01")
    assert (code, out) == (2, "")
    assert "sinse: unknown option (did you mean since?)" in err
    code, _, err = ask(OFFICIALS, "--since", "yesterday")
    assert (code, 'since: "yesterday" is no xsd:date' in err) == (2, True)
    code, _, err = ask(SPEECHES)
    assert (code, "speaker: missing; a value is needed" in err) == (2, True)
    code, _, err = ask("statements-by-anonymous-official")
    assert (code, f"did you mean {OFFICIALS}?" in err) == (2, True)


def test_the_help_of_a_query_is_its_own(ask: Ask) -> None:
    code, out, _ = ask(OFFICIALS, "--help")
    assert code == 0
    assert "--since  " in out
    assert "such as: source/example-gazette-1900 (Example Gazette, 8 January 1900)" in out


def test_the_snapshots_may_be_named_behind_the_query(built: Path, tmp_path: Path) -> None:
    words = ["query", "sources", "--snapshots", str(tmp_path / "none")]
    assert main(["--root", str(built), *words]) == 2
    words = ["query", "sources", "--snapshots", str(built / "snapshots"), "--format", "tsv"]
    assert main(["--root", str(built), *words]) == 0


def test_pick_lists_are_published_with_the_snapshot(built: Path) -> None:
    dumps = current(built / "snapshots").dumps
    lists = pick_lists.read_pick_lists(dumps / pick_lists.FILE)
    assert lists["sources"] == (("source/example-gazette-1900", "Example Gazette, 8 January 1900"),)


def with_own_queries(folder: Path) -> Path:
    """Give a sample project whose queries may be added to."""
    root = sample_project(folder)
    (root / "queries").unlink()
    shutil.copytree(ROOT / "queries", root / "queries")
    return root


def test_a_new_query_passes_as_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_own_queries(tmp_path)
    command = ["--root", str(root), "new", "query", "claims-anew"]
    assert main(command) == 0
    assert capsys.readouterr().out == "queries/claims-anew.rq\n"
    assert main(["--root", str(root), "check"]) == 0
    checked = build.check(build.Project(root))
    assert checked.catalogue is not None
    store, query = store_of(checked.quads), checked.catalogue.get("claims-anew")
    assert query.obeys_policies
    assert [found for found, _ in checked.catalogue.tests_on(store) if found is query] == [query]
    assert checked.catalogue.run_tests(store) == ()
    assert len(query.rows(store, {})) == 30


def test_a_new_query_holds_on_the_real_data_too(tmp_path: Path) -> None:
    path = tmp_path / "queries" / "claims-anew.rq"
    path.parent.mkdir()
    path.write_text(new_query("claims-anew", ["haaretz-2024-07-10"])[1], encoding="utf-8")
    query = read_query(path, ["sources"])
    assert Catalogue((query,)).run_tests(real()) == ()
    assert query.rows(real(), {"source": query.params[0].example})


def test_a_new_query_never_stands_on_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = with_own_queries(tmp_path)
    before = (root / "queries/sources.rq").read_bytes()
    assert main(["--root", str(root), "new", "query", "sources"]) == 2
    assert "queries/sources.rq exists already" in capsys.readouterr().err
    assert (root / "queries/sources.rq").read_bytes() == before


@pytest.mark.parametrize("name", ["Claims", "../claims", "claims_anew", "", "a--b"])
def test_a_new_query_has_a_proper_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root = with_own_queries(tmp_path)
    before = sorted(root.rglob("*.rq"))
    assert main(["--root", str(root), "new", "query", name]) == 2
    assert "the name of a query is written like-this" in capsys.readouterr().err
    assert sorted(root.rglob("*.rq")) == before


def test_a_new_query_needs_a_source_to_ask_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tmp_path), "new", "query", "claims"]) == 2
    assert "there is no source to ask about" in capsys.readouterr().err
