"""Pick lists: what a form offers, filled from the graph when it is published."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph.errors import SnapshotError
from hostagegraph.pick_lists import pick_lists_in, read_pick_lists, written
from tests.test_queries_folder import CATALOGUE, real, sample

stores = pytest.mark.parametrize("store", [sample, real], ids=["sample", "real"])


def test_the_sample_offers_its_one_source() -> None:
    lists = pick_lists_in(sample(), CATALOGUE.queries)
    label = "Example Gazette, 8 January 1900"
    assert lists["sources"] == (("source/example-gazette-1900", label),)


def test_agents_stand_once_each_in_the_order_of_their_labels() -> None:
    agents = pick_lists_in(sample(), CATALOGUE.queries)["agents"]
    values, labels = zip(*agents, strict=True)
    assert ("agent/basil-thrumm", "Basil Thrumm") in agents
    assert ("example-gazette-1900/u-k", "senior member of the Freedonian team") in agents
    assert len(set(values)) == len(values)
    assert list(labels) == sorted(labels, key=str.casefold)


@stores
def test_every_parameter_takes_each_value_of_its_list(store: Callable[[], ox.Store]) -> None:
    lists = pick_lists_in(store(), CATALOGUE.queries)
    for query in CATALOGUE.queries:
        for param in query.params:
            for value, label in lists.get(param.enum_query, ()):
                assert len(param.terms([value], CATALOGUE.base)) == 1
                assert label


def test_a_value_outside_the_list_is_taken_too() -> None:
    """The graph may know more than a list shows; only an enum is the whole."""
    (param,) = CATALOGUE.get("claims-about-an-agent").params[:1]
    assert param.enum_query == "agents"
    assert param.terms(["agent/nobody-yet"], CATALOGUE.base)


def test_lists_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "pick-lists.json"
    lists = pick_lists_in(sample(), CATALOGUE.queries)
    path.write_text(written(lists), encoding="utf-8")
    assert read_pick_lists(path) == lists


@pytest.mark.parametrize("text", ["", "[]", '{"agents": [{}]}', '{"agents": 3}', "{"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pick-lists.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"pick-lists\.json cannot be read"):
        read_pick_lists(path)
