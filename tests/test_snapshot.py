"""Publishing: whole or not at all."""

import fcntl
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import snapshot, store
from hostagegraph.errors import SnapshotError


def contents(word: str) -> snapshot.Contents:
    name = ox.NamedNode
    quad = ox.Quad(name("urn:a"), name("urn:says"), ox.Literal(word), name("urn:g"))
    return snapshot.Contents(
        dataset=store.canonical([quad]),
        dumps={"g.ttl": b"# Turtle\n"},
        base="https://example.org/",
        ontology="0.1.0",
        graphs={"urn:g": 1},
        counts={"claims": 1},
        validation={"conforms": True},
        queries={"tests": 0},
    )


def test_a_published_snapshot_holds_store_dumps_and_manifest(tmp_path: Path) -> None:
    published = snapshot.publish(tmp_path, contents("hello"))
    found = snapshot.current(tmp_path)
    assert found == published
    assert found.folder.name == found.name == found.manifest.digest[:16]
    assert (found.dumps / "dataset.nq").read_bytes() == contents("hello").dataset
    assert found.manifest.dumps["g.ttl"]["bytes"] == len(b"# Turtle\n")
    rows = store.select(store.open_store(found.store), "SELECT ?w { ?s ?p ?w }")
    assert [str(row["w"]) for row in rows] == ['"hello"']


def test_steps_are_told_in_their_order(tmp_path: Path) -> None:
    steps: list[str] = []
    snapshot.publish(tmp_path, contents("a"), step=steps.append)
    assert steps == ["load", "dump", "manifest", "rename", "switch"]


def test_the_same_dataset_is_written_once(tmp_path: Path) -> None:
    snapshot.publish(tmp_path, contents("a"))
    snapshot.publish(tmp_path, contents("b"))
    steps: list[str] = []
    snapshot.publish(tmp_path, contents("a"), step=steps.append)
    assert steps == ["switch"]
    assert snapshot.current(tmp_path).manifest.digest == store.digest_of(contents("a").dataset)


def test_a_damaged_snapshot_of_the_same_name_is_written_again(tmp_path: Path) -> None:
    published = snapshot.publish(tmp_path, contents("a"))
    (published.folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="manifest cannot be read"):
        snapshot.current(tmp_path)
    snapshot.publish(tmp_path, contents("a"))
    assert snapshot.current(tmp_path).name == published.name


def test_only_the_newest_are_kept_and_always_the_one_pointed_at(tmp_path: Path) -> None:
    names = [snapshot.publish(tmp_path, contents(word), keep=2).name for word in "abcd"]
    kept = {path.name for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()}
    assert names[-1] in kept
    assert len(kept) == 2


def test_nothing_published_yet_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="run: hostagegraph build"):
        snapshot.current(tmp_path)


def test_a_manifest_of_another_version_is_refused(tmp_path: Path) -> None:
    published = snapshot.publish(tmp_path, contents("a"))
    path = published.folder / "manifest.json"
    path.write_text(path.read_text().replace('"version": 1', '"version": 9'), encoding="utf-8")
    with pytest.raises(SnapshotError, match="version 9"):
        snapshot.current(tmp_path)


def test_two_builds_do_not_write_at_once(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SnapshotError, match="another build"):
            snapshot.publish(tmp_path, contents("a"))


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SnapshotError, match="cannot be written"):
        snapshot.publish(tmp_path / "file", contents("a"))


def test_bad_rdf_leaves_the_published_snapshot_alone(tmp_path: Path) -> None:
    published = snapshot.publish(tmp_path, contents("a"))
    before = bytes_of(published.folder)
    with pytest.raises(SyntaxError):
        snapshot.publish(tmp_path, replace(contents("b"), dataset=b"<urn:a> nonsense\n"))
    assert snapshot.current(tmp_path) == published
    assert bytes_of(published.folder) == before
    assert not list(tmp_path.glob(".staging-*"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


KILL_AT = """
import os, signal, sys
from pathlib import Path
from hostagegraph import snapshot
from tests.test_snapshot import contents
def step(name):
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
snapshot.publish(Path(sys.argv[1]), contents("new"), step=step)
"""


@pytest.mark.parametrize("step", ["load", "dump", "manifest", "rename", "switch"])
def test_a_kill_at_any_step_leaves_the_published_snapshot_as_it_was(
    tmp_path: Path, step: str
) -> None:
    published = snapshot.publish(tmp_path, contents("old"))
    before = bytes_of(published.folder)
    root = Path(__file__).parent.parent
    ended = subprocess.run(
        [sys.executable, "-c", KILL_AT, str(tmp_path), step], cwd=root, env=os.environ, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert snapshot.current(tmp_path) == published
    assert bytes_of(published.folder) == before
    again = snapshot.publish(tmp_path, contents("new"))
    assert snapshot.current(tmp_path) == again
    assert not list(tmp_path.glob(".staging-*"))
