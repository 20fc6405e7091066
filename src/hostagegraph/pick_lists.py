"""Saved queries and a dataset in, the values to pick from out, each with its label."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from hostagegraph.errors import SnapshotError
from hostagegraph.parameters import plain
from hostagegraph.saved_query import SavedQuery
from hostagegraph.store import select

FILE: Final = "pick-lists.json"

PickList = tuple[tuple[str, str], ...]
PickLists = Mapping[str, PickList]  # by the name of the saved query that fills it


def pick_lists_in(store: ox.Store, queries: Iterable[SavedQuery]) -> PickLists:
    """Fill every pick list that a parameter names: values as the parameter takes them, labels."""
    by_name = {query.name: query for query in queries}
    named = {param.enum_query for query in by_name.values() for param in query.params}
    return {name: _pick_list(store, by_name[name]) for name in sorted(named - {""})}


def _pick_list(store: ox.Store, query: SavedQuery) -> PickList:
    """Read the first two columns, value and label; the first label of a value counts."""
    found: dict[str, str] = {}
    value, label = query.variables[:2]
    for row in select(store, query.fill({})):
        if row[value] is not None:
            shown = plain(row[value], query.base)
            found.setdefault(shown, str(getattr(row[label], "value", shown)))
    return tuple(sorted(found.items(), key=lambda entry: (entry[1].casefold(), entry[0])))


def why_no_pick_list(query: SavedQuery) -> str:
    """Say why a saved query cannot fill a pick list; nothing where it can."""
    if query.kind != "solutions":
        return "its result is no table"
    if query.variables[1:2] != (f"{query.variables[0]}Label",):
        return "its first two columns are no value and its label, such as ?agent ?agentLabel"
    if query.needs_value:
        return "it needs a value itself"
    return ""


def written(lists: PickLists) -> str:
    """Write pick lists as one JSON document."""
    told = {
        name: [{"value": value, "label": label} for value, label in entries]
        for name, entries in lists.items()
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def read_pick_lists(path: Path) -> PickLists:
    """Read what `written` wrote. Raises SnapshotError when it is something else."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: tuple((str(entry["value"]), str(entry["label"])) for entry in entries)
            for name, entries in told.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SnapshotError(f"{path.name} cannot be read: {error}") from error
