"""From records to a published snapshot, or to all mistakes and none."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import build, snapshot, store
from hostagegraph.errors import InvalidRecords
from tests.projects import FIRST, SAMPLE, SECOND, SOURCE, THIRD, edit, sample_project
from tests.test_snapshot import bytes_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> build.Built:
    root = sample_project(tmp_path_factory.mktemp("built"))
    return build.build(build.Project(root), root / "snapshots")


def test_the_sample_is_built_and_published(built: build.Built) -> None:
    assert built.fresh
    counts = built.snapshot.manifest.counts
    assert counts == {
        "claims": 30,
        "statements": 3,
        "leaks": 3,
        "mandates": 1,
        "sources": 1,
        "drafts": 29,
    }
    assert set(built.snapshot.manifest.graphs) == {
        f"https://w3id.org/hostagegraph/graph/{name}"
        for name in (SOURCE, "shared", "ontology", "queries")
    }


def test_drafts_with_allegations_are_warnings(built: build.Built) -> None:
    assert {problem.level for problem in built.warnings} <= {"Warning"}
    assert "E6" in {problem.rule for problem in built.warnings}


def test_the_dump_is_the_dataset_of_the_digest(built: build.Built) -> None:
    dataset = (built.snapshot.dumps / "dataset.nq").read_bytes()
    assert store.digest_of(dataset) == built.snapshot.manifest.digest
    lines = dataset.splitlines()
    assert lines == sorted(set(lines))


def test_every_dump_is_rdf_that_says_the_same(built: build.Built) -> None:
    """Compared in stores: Turtle writes the decimal 12 as 12.0."""
    quads = list(store.store_of(store.read_quads(built.snapshot.dumps / "dataset.nq")))
    for graph in built.snapshot.manifest.graphs:
        name = graph.rpartition("/")[2]
        turtle = store.store_of(store.read_quads(built.snapshot.dumps / f"{name}.ttl"))
        there = {q.triple for q in quads if q.graph_name == ox.NamedNode(graph)}
        assert {q.triple for q in turtle} == there


def test_a_build_of_the_same_records_elsewhere_gives_the_same_digest(
    tmp_path: Path, built: build.Built
) -> None:
    root = sample_project(tmp_path / "another place")
    again = build.build(build.Project(root), root / "snapshots")
    assert again.snapshot.manifest.digest == built.snapshot.manifest.digest


def test_nothing_changed_returns_at_once(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    first = build.build(build.Project(root), root / "snapshots")
    second = build.build(build.Project(root), root / "snapshots")
    assert (first.fresh, second.fresh) == (True, False)
    assert second.snapshot == first.snapshot


def test_a_change_is_published_and_an_undone_change_points_back(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    first = build.build(build.Project(root), root / "snapshots")
    edit(root, "data/agents/curators.yaml", "label: Curator 2", "label: Reader 2")
    second = build.build(build.Project(root), root / "snapshots")
    assert second.snapshot.name != first.snapshot.name
    edit(root, "data/agents/curators.yaml", "label: Reader 2", "label: Curator 2")
    third = build.build(build.Project(root), root / "snapshots")
    assert third.snapshot.name == first.snapshot.name


def test_another_base_reaches_data_shapes_ontology_and_queries(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    project = build.Project(root, base="https://example.org/kg/")
    built = build.build(project, root / "snapshots")
    text = (built.snapshot.dumps / "dataset.nq").read_text(encoding="utf-8")
    assert "https://w3id.org/hostagegraph/" not in text
    assert built.snapshot.manifest.base == "https://example.org/kg/"


def test_a_mistake_stops_the_build_and_leaves_the_published_snapshot(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    first = build.build(build.Project(root), root / "snapshots")
    before = bytes_of(first.snapshot.folder)
    edit(root, SECOND, "reply: denied", "reply: replied")
    with pytest.raises(InvalidRecords) as caught:
        build.build(build.Project(root), root / "snapshots")
    (only,) = [problem for problem in caught.value.problems if problem.level == "Violation"]
    assert (only.file, only.rule) == (SECOND, "E7")
    assert snapshot.current(root / "snapshots") == first.snapshot
    assert bytes_of(first.snapshot.folder) == before


def test_a_release_refuses_every_draft(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    with pytest.raises(InvalidRecords) as caught:
        build.build(build.Project(root, release=True), root / "snapshots")
    drafts = [p for p in caught.value.problems if "a draft cannot be released" in p.message]
    assert len(drafts) == 29
    assert not (root / "snapshots").exists()


def test_a_query_test_that_fails_stops_the_build(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    (root / "queries").unlink()
    (root / "queries").mkdir()
    (root / "queries" / "all-claims.rq").write_text(
        "#+ summary: All claims\n"
        f"#+ tests: [{{sources: {SOURCE}, row_count: 1}}]\n"
        "BASE <https://w3id.org/hostagegraph/>\nPREFIX hg: <ns#>\n"
        "SELECT ?claim WHERE { ?claim a hg:Claim } ORDER BY ?claim\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidRecords) as caught:
        build.build(build.Project(root), root / "snapshots")
    assert "all-claims" in str(caught.value.problems[0])


class TestWhatIsCheckedWhenAFileIsBroken:
    def test_clean_files_are_checked_all_the_same(self, tmp_path: Path) -> None:
        root = sample_project(tmp_path)
        edit(root, FIRST, "changeType: granted", "changeType: grant")
        edit(
            root,
            SECOND,
            "whenText: In the same week",
            "whenText: one two three four five six seven eight",
        )
        checked = build.check(build.Project(root))
        assert not checked.graph_wide
        found = {(problem.file, problem.rule) for problem in checked.violations}
        assert (FIRST, "") in found
        assert any(file == SECOND and rule for file, rule in found)

    def test_what_a_clean_file_refers_to_in_a_broken_one_is_no_mistake(
        self, tmp_path: Path
    ) -> None:
        root = sample_project(tmp_path, {FIRST: ("changeType: granted", "changeType: grant")})
        checked = build.check(build.Project(root))
        assert [problem.file for problem in checked.violations] == [FIRST]


def test_a_wrong_digest_is_found_where_the_text_is_at_hand(tmp_path: Path) -> None:
    root = sample_project(tmp_path, {SECOND: ("[1081, 1098, 9486", "[1081, 1098, 0486")})
    texts = (SAMPLE / f"texts/{SOURCE}.txt",)
    (only,) = build.check(build.Project(root, texts=texts)).violations
    assert "wrong digest" in only.message


BUILDER = """
import sys
from pathlib import Path
from hostagegraph import build
root = Path(sys.argv[1])
print("ready", flush=True)
build.build(build.Project(root), root / "snapshots")
"""


@pytest.mark.slow
def test_twenty_kills_at_random_moments_leave_the_published_snapshot_intact(
    tmp_path: Path,
) -> None:
    root = sample_project(tmp_path)
    first = build.build(build.Project(root), root / "snapshots")
    before = bytes_of(first.snapshot.folder)
    begun = time.monotonic()
    edit(root, THIRD, "label: Mandate from 5 January", "label: Mandate since 5 January")
    checked_once = build.check(build.Project(root))  # warms the cache: kills then hit later steps
    took = time.monotonic() - begun
    assert not checked_once.violations
    chance = random.Random(20240206)  # noqa: S311  moments, not secrets
    killed = 0
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, took))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        assert bytes_of(first.snapshot.folder) == before
        published = snapshot.current(root / "snapshots")
        dataset = (published.dumps / "dataset.nq").read_bytes()
        assert store.digest_of(dataset) == published.manifest.digest
    assert killed
    last = build.build(build.Project(root), root / "snapshots")
    assert snapshot.current(root / "snapshots") == last.snapshot
    assert not list((root / "snapshots").glob(".staging-*"))
