"""The rows of two snapshots in, what changed between them out: added, gone, changed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hostagegraph.service.rows import Row

Cells = tuple[tuple[str, str], ...]  # column and text, in the order of the columns
Sort = Literal["added", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came or went, or the rows of one claim before and after.

    `claim` is the IRI of the claim that explains them, where the query declares one.
    """

    sort: Sort
    claim: str
    before: tuple[Cells, ...] = ()
    after: tuple[Cells, ...] = ()


def changes(
    before: Sequence[Row], after: Sequence[Row], columns: Sequence[str], claim: str = ""
) -> tuple[Change, ...]:
    """Compare rows as multisets.

    With a claim, its rows belong together: where some stay and others differ, they are changed.
    Without one, a row that differs anywhere has gone, and another was added.
    """
    if not claim:
        return tuple(_one_by_one(_counted(before, columns), _counted(after, columns)))
    return tuple(_by_claim(before, after, columns, claim))


def _one_by_one(before: Counter[Cells], after: Counter[Cells]) -> Iterator[Change]:
    for cells in sorted((after - before).elements()):
        yield Change("added", "", after=(cells,))
    for cells in sorted((before - after).elements()):
        yield Change("gone", "", before=(cells,))


def _by_claim(
    before: Sequence[Row], after: Sequence[Row], columns: Sequence[str], claim: str
) -> Iterator[Change]:
    old, new = (_grouped(rows, columns, claim) for rows in (before, after))
    for iri in sorted({*old, *new}):
        earlier, later = (tuple(sorted(rows.get(iri, ()))) for rows in (old, new))
        if not iri:  # rows in which the claim is not bound have no identity of their own
            yield from _one_by_one(Counter(earlier), Counter(later))
        elif earlier != later:
            sort: Sort = "changed" if earlier and later else "added" if later else "gone"
            yield Change(sort, iri, earlier, later)


def _grouped(rows: Sequence[Row], columns: Sequence[str], claim: str) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        found[row.get(claim, {}).get("value", "")].append(_cells(row, columns))
    return found


def _counted(rows: Sequence[Row], columns: Sequence[str]) -> Counter[Cells]:
    return Counter(_cells(row, columns) for row in rows)


def _cells(row: Row, columns: Sequence[str]) -> Cells:
    """Give the cells that hold something; the kind of a term counts as well as its text."""
    return tuple((name, _text(row[name])) for name in columns if name in row)


def _text(term: object) -> str:
    """Write a term, so that different terms have different texts."""
    if not isinstance(term, dict):
        return str(term)
    value = term["value"]
    if term["type"] == "triple":
        return " ".join(_text(value[part]) for part in ("subject", "predicate", "object"))
    language = f" @{term['xml:lang']}" if "xml:lang" in term else ""
    return f"{value}{language}"
