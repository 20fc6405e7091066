"""What is published beside the data: it is read before a snapshot is served, or none is."""

from pathlib import Path

import pytest

from hostagegraph import build, voices
from hostagegraph.errors import SnapshotError
from hostagegraph.policies import read_policies
from hostagegraph.service.problems import BadRequest
from hostagegraph.service.published import Published
from tests.projects import sample_project
from tests.service.test_hostile import until
from tests.service.test_swap import World, world
from tests.service.world import snapshot_in

__all__ = ["world"]


def test_claims_and_pick_lists_are_read(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    snapshot = build.build(build.Project(root), root / "snapshots").snapshot
    published = Published()
    published.read(snapshot)
    assert len(published.voices) == 30
    assert ("agent/ottilie-quill", "Ottilie Quill") in published.lists["agents"]
    assert published.on == snapshot.published
    (snapshot.dumps / voices.FILE).write_text("[{}]")
    with pytest.raises(SnapshotError, match=r"claims\.json cannot be read"):
        Published().read(snapshot)


def test_without_an_account_nothing_is_said_of_claims(tmp_path: Path) -> None:
    published = Published()
    published.read(snapshot_in(tmp_path))
    with pytest.raises(BadRequest, match="without an account"):
        published.passing(read_policies(["on-record"]))


def test_data_with_a_damaged_account_are_not_served(world: World) -> None:
    before = world.service.serving.snapshot.name
    path = world.folder / "snapshots"
    damaged = snapshot_in(path, "Damaged", {voices.FILE: b"{"})
    until(world.refused)
    assert world.service.client.get("/readyz").json()["refused"]["data"] == damaged.name
    assert world.service.serving.snapshot.name == before
