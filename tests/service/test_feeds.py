"""Following a question: what came, went and changed between the snapshots that are kept."""

import asyncio
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from hostagegraph import build
from hostagegraph.errors import WorkersBusy
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from hostagegraph.service.questions.feeds import Edition, written
from hostagegraph.service.questions.past import Past
from hostagegraph.service.questions.question import read_question
from hostagegraph.service.rows import Rows
from hostagegraph.snapshot import Snapshot, read_snapshot
from hostagegraph.store import QueryRequest
from hostagegraph.workers import Limits
from tests.projects import BASE, FIRST, edit, sample_project
from tests.service.conftest import Service, running
from tests.service.test_swap import World, world
from tests.service.world import snapshot_in
from tests.test_queries_folder import CATALOGUE

__all__ = ["world"]

ATOM = "{http://www.w3.org/2005/Atom}"
GIST = "The Example Gazette reports that the cabinet of Freedonia gave"
BODIES = "data/agents/institutions.yaml"
HOUR = 3600


def published(root: Path, hour: int) -> Snapshot:
    """Build, and set the clock of the snapshot: publication is when its manifest was written."""
    folder = build.build(build.Project(root), root / "snapshots").snapshot.folder
    at = 1_700_000_000 + hour * HOUR
    os.utime(folder / "manifest.json", (at, at))
    return read_snapshot(folder)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[Snapshot]]]:
    """Publish three snapshots: one claim is reworded, then a body is called otherwise."""
    root = sample_project(tmp_path_factory.mktemp("history"))
    snapshots = [published(root, 1)]
    edit(root, FIRST, GIST, GIST.replace("reports", "writes"))
    snapshots.append(published(root, 2))
    edit(root, BODIES, "Shipowners' League", "Shippers' League")
    snapshots.append(published(root, 3))
    catalogue = Catalogue.load(root / "queries", BASE)
    app = create_app(snapshots[-1], catalogue, saved=Limits(workers=1, most=1))
    for service in running(app):
        yield service, snapshots


def feed(response: httpx.Response) -> ET.Element:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314 - our own bytes


def texts(parent: ET.Element, name: str) -> list[str]:
    return [each.text or "" for each in parent.iter(f"{ATOM}{name}")]


def entries(root: ET.Element) -> list[tuple[str, str]]:
    """Give what sort of change each entry is, and when."""
    return [
        (
            entry.find(f"{ATOM}category").get("term", ""),  # type: ignore[union-attr]
            (entry.find(f"{ATOM}updated").text or "")[11:16],  # type: ignore[union-attr]
        )
        for entry in root.iter(f"{ATOM}entry")
    ]


History = tuple[Service, list[Snapshot]]


def test_changes_are_told_newest_first_with_the_time_of_publication(history: History) -> None:
    service, snapshots = history
    assert len({each.name for each in snapshots}) == 3
    root = feed(service.client.get("/queries/claims-by-form.atom"))
    times = [each.published.strftime("%H:%M") for each in snapshots]
    found = entries(root)
    assert ("changed", times[1]) in found
    assert [at for _, at in found] == sorted((at for _, at in found), reverse=True)
    assert texts(root, "updated")[0][11:16] == times[2]


def test_a_reworded_claim_is_told_before_and_now(history: History) -> None:
    service, snapshots = history
    root = feed(service.client.get("/queries/claims-by-form.atom"))
    at = snapshots[1].published.strftime("%H:%M")
    (entry,) = [e for e in root.iter(f"{ATOM}entry") if texts(e, "updated")[0][11:16] == at]
    (content,) = texts(entry, "content")
    assert content.startswith("Before:\n")
    assert "\n\nNow:\n" in content
    assert "writes" in content.partition("Now:")[2]
    related = [
        link.get("href") for link in entry.iter(f"{ATOM}link") if link.get("rel") == "related"
    ]
    assert related == [f"{BASE}id/example-gazette-1900/c0101-01"]


def test_without_a_claim_rows_come_and_go(history: History) -> None:
    service, _ = history
    root = feed(service.client.get("/queries/agents.atom"))
    assert sorted(sort for sort, _ in entries(root)) == ["added", "gone"]
    assert any("Shippers' League" in title for title in texts(root, "title"))


def test_parameters_and_policies_hold_for_every_snapshot(history: History) -> None:
    service, _ = history
    at = "/queries/claims-by-form.atom"
    whole = len(entries(feed(service.client.get(at))))
    none = entries(feed(service.client.get(f"{at}?sources=only:example-courier-1900")))
    assert whole
    assert none == []
    assert service.client.get(f"{at}?sources=nonsense").status_code == 400
    assert service.client.get(f"{at}?nonsense=1").status_code == 422


def test_the_same_question_gives_the_same_ids_again(history: History) -> None:
    service, _ = history
    first = service.client.get("/queries/claims-by-form.atom")
    again = service.client.get("/queries/claims-by-form.atom")
    assert first.content == again.content
    ids = texts(feed(first), "id")
    assert len(ids) == len(set(ids)) > 1
    known = {"If-None-Match": first.headers["etag"]}
    assert service.client.get("/queries/claims-by-form.atom", headers=known).status_code == 304


def test_earlier_snapshots_are_asked_in_workers_that_end(history: History) -> None:
    service, _ = history
    before = service.pids
    feed(service.client.get("/queries/sources.atom"))
    assert service.pids == before
    past = service.app.state.past
    kept = past.kept.tally.misses
    feed(service.client.get("/queries/sources.atom?sources=no-leaks"))
    assert past.kept.tally.misses > kept


def test_a_feed_has_all_that_atom_asks_for(history: History) -> None:
    service, _ = history
    root = feed(service.client.get("/queries/agents.atom"))
    assert root.tag == f"{ATOM}feed"
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = parent.findall(f"{ATOM}{name}")
            assert found.text
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert all(each.startswith("https://") for each in texts(root, "id"))


@pytest.mark.parametrize("name", ["any-claim", "claim-graph"])
def test_answers_that_are_no_tables_are_followed_too(service: Service, name: str) -> None:
    root = feed(service.client.get(f"/queries/{name}.atom"))
    assert entries(root) == []


def test_one_snapshot_alone_begins_an_empty_feed_that_says_so(site: Service) -> None:
    root = feed(site.client.get("/queries/claims-by-form.atom"))
    assert entries(root) == []
    assert "no earlier snapshot is kept" in texts(root, "subtitle")[0]


def test_a_damaged_earlier_snapshot_is_passed_over(tmp_path: Path) -> None:
    first, second, third = (snapshot_in(tmp_path, label) for label in ("", "Two", "Three"))
    for hour, each in enumerate((first, second, third)):
        os.utime(each.folder / "manifest.json", (hour * HOUR, hour * HOUR))
    assert [each.name for each in third.before()] == [first.name, second.name]
    (first.folder / "manifest.json").write_text("{")
    assert [each.name for each in third.before()] == [second.name]
    assert second.before() == ()


def test_a_feed_goes_on_after_a_swap(world: World) -> None:
    at = "/queries/agents.atom"
    assert entries(feed(world.service.client.get(at))) == []
    world.follows(world.publish("Newcomer"))
    first = feed(world.service.client.get(at))
    assert [sort for sort, _ in entries(first)] == ["added"]
    world.follows(world.publish("Another"))
    second = feed(world.service.client.get(at))
    assert [sort for sort, _ in entries(second)] == ["gone", "added", "added"]
    assert set(texts(first, "id")) < set(texts(second, "id"))


def test_few_wait_for_a_feed(service: Service) -> None:
    past = Past(waiting=8)
    with pytest.raises(WorkersBusy):
        asyncio.run(
            past.ask(None, service.serving, service.serving.snapshot, QueryRequest("ASK {}", {}))  # type: ignore[arg-type]
        )


def test_signs_that_xml_has_no_place_for_are_shown_as_unknown() -> None:
    terms = ({"agent": {"type": "literal", "value": "a\x01<b>\ufffe"}},)
    at = datetime(1900, 1, 8, tzinfo=UTC)
    editions = [Edition("1", at, Rows(("agent",), ())), Edition("2", at, Rows(("agent",), terms))]
    question = read_question(CATALOGUE.get("agents"), {})
    root = ET.fromstring(written(question, BASE, editions))  # noqa: S314 - our own bytes
    assert texts(root, "content") == ["agent: a\ufffd<b>\ufffd"]
