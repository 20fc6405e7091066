"""Answers as pandas frames: typed columns, and who says so still at hand."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

import pandas as pd

from hostagegraph.client.answers import Answer
from hostagegraph.client.cells import Term, Value, text, value
from hostagegraph.client.failures import NotTold

_DAYS: Final = "datetime64[s]"
_DECLARED: Final = {
    "xsd:date": _DAYS,
    "xsd:dateTime": "datetime64[us]",
    "xsd:integer": "Int64",
    "xsd:decimal": "Float64",
    "xsd:boolean": "boolean",
}
_INT64: Final = 1 << 63


class Frame(pd.DataFrame):
    """The rows of an answer. Frames made from it keep the answer they came from."""

    _metadata: ClassVar[list[str]] = ["answer"]
    answer: Answer | None = None

    @property
    def _constructor(self) -> Callable[..., "Frame"]:
        return Frame

    @property
    def receipt(self) -> dict[str, Any]:
        """The receipt of the answer as it came, before rows were chosen here."""
        return self._whole.receipt

    @property
    def url(self) -> str:
        """The address that gave the answer."""
        return self._whole.url

    @property
    def data_version(self) -> str:
        """The name of the data that gave the answer."""
        return self._whole.data_version

    def labels(self) -> pd.DataFrame:
        """Give the frame for reading: each thing by its label, or by its IRI where it has none."""
        named = {name: f"{name}Label" for name in self.columns if f"{name}Label" in self.columns}
        told = {name: self[label].fillna(self[name]) for name, label in named.items()}
        return pd.DataFrame(self.assign(**told).drop(columns=list(named.values())))

    def sources(self) -> pd.DataFrame:
        """Say for each row of this frame who says so, where, and who denies it."""
        column = self._claim()
        told = [self._whole.said("" if pd.isna(iri) else str(iri)) for iri in self[column]]
        names = [column, *(self._whole.asked.explain if self._whole.asked else ())]
        found = pd.DataFrame(told, columns=names, index=self.index)
        kinds = dict.fromkeys(names, "string") | ({"depth": "Int64"} if "depth" in names else {})
        return found.astype(kinds)

    def cite(self, row: Any = None, form: str = "txt") -> str:
        """Cite a row, by its label, as a row taken from this frame, or by the IRI of its claim.

        Without a row, cite the answer as a whole. Forms: txt, bib, json (CSL-JSON), ttl.
        """
        if row is None:
            return self._whole.cite(form=form)
        if isinstance(row, str) and "/id/" in row:
            return self._whole.cite(row, form)
        column = self._claim()
        iri = row[column] if isinstance(row, pd.Series) else self.loc[row, column]
        if isinstance(iri, pd.Series):
            raise NotTold(f"{row!r} names {len(iri)} rows; cite one")
        return self._whole.cite("" if pd.isna(iri) else str(iri), form)

    @property
    def _whole(self) -> Answer:
        if self.answer is None:
            raise NotTold("this frame was not made from one answer")
        return self.answer

    def _claim(self) -> str:
        asked = self._whole.asked
        if asked is None or not asked.claim:
            raise NotTold("these rows rest on no claim of which voices could be told")
        if asked.claim not in self.columns:
            raise NotTold(f"the column {asked.claim}, which tells the rows apart, is not here")
        return asked.claim


def frame_of(answer: Answer) -> Frame:
    """Make a frame of an answer."""
    columns = {
        name: _column([row.get(name) for row in answer.terms], answer.types.get(name, ""))
        for name in answer.variables
    }
    frame = Frame(columns, columns=pd.Index(answer.variables, dtype="str"))
    frame.answer = answer
    return frame


def _column(terms: Sequence[Term | None], declared: str) -> "pd.Series[Any]":
    """Give a column the one type of all its cells; where they differ, they stay texts."""
    values = [value(term) for term in terms]
    dtype = _dtype([each for each in values if each is not None], declared)
    if dtype == "string":
        return pd.Series([None if each is None else text(each) for each in terms], dtype=dtype)
    return pd.Series(_cells(values, dtype), dtype=dtype)


def _cells(values: Sequence[Value], dtype: str) -> list[Any]:
    if dtype == "Float64":
        return [None if each is None else float(str(each)) for each in values]
    return list(values)


def _dtype(values: Sequence[Value], declared: str) -> str:  # noqa: PLR0911 - a row for each type
    kinds = {type(each) for each in values}
    if not kinds:
        return _DECLARED.get(declared, "string")
    if kinds == {date}:
        return _DAYS
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "Int64" if all(map(_fits, values)) else "object"
    if kinds <= {int, float, Decimal}:
        return "Float64" if all(map(_survives, values)) else "object"
    if kinds == {datetime}:
        zones = {each.tzinfo is None for each in values if isinstance(each, datetime)}
        if len(zones) == 1:
            return "datetime64[us]" if zones == {True} else "datetime64[us, UTC]"
    return "string"


def _fits(number: Any) -> bool:
    return -_INT64 <= int(number) < _INT64


def _survives(number: Any) -> bool:
    """Tell whether a number is the same as a float, to its last digit."""
    return isinstance(number, float) or Decimal(repr(float(number))) == Decimal(number)
