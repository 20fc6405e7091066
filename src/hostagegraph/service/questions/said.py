"""Who says so, for each row: rows with a claim in, columns with its voices out."""

from collections.abc import Iterable, Mapping
from typing import Final

from hostagegraph.service.rows import Row, Rows, Term
from hostagegraph.vocabulary import EDTF, XSD_INTEGER
from hostagegraph.voices import Chain, Claim, Claims

# Column and what it holds; several values in one cell are parted by a semicolon.
COLUMNS: Final[Mapping[str, str]] = {
    "said_by": "the innermost voices; a stance other than asserting stands behind the name",
    "published_in": "the source work that carries the claim",
    "date": "when the innermost voice spoke, in EDTF",
    "attribution": "named, institutional, anonymous, pseudonymous or unattributed",
    "depth": "how often the claim was passed on before it was printed; 0 in an outlet's own voice",
    "denied_by": "who denies the claim, as the source reports",
    "passage": "where the source says so: IRI of the passage, first and last character",
}


def explained(rows: Rows, variable: str, claims: Claims) -> Rows:
    """Add who says the claim that stands in a column; a row without a claim stays empty there."""

    def cells(row: Row) -> Mapping[str, Term]:
        claim = claims.get(row.get(variable, {}).get("value", ""))
        return _cells(claim) if claim else {}

    return rows.with_columns(tuple(COLUMNS), cells)


def _cells(claim: Claim) -> Mapping[str, Term]:
    every = (*claim.chains, *claim.denials)
    texts = {
        "said_by": _listed(_voice(chain) for chain in claim.chains),
        "published_in": claim.source_label,
        "attribution": _listed(chain.origin.attribution for chain in claim.chains),
        "denied_by": _listed(chain.origin.label for chain in claim.denials),
        "passage": _listed(passage for chain in every for passage in chain.passages),
    }
    cells: dict[str, Term] = {
        name: {"type": "literal", "value": text} for name, text in texts.items() if text
    }
    dates = _listed(chain.date for chain in claim.chains if chain.date)
    if dates:
        datatype = {} if "; " in dates else {"datatype": EDTF}
        cells["date"] = {"type": "literal", "value": dates, **datatype}
    if claim.chains:
        depth = min(chain.depth for chain in claim.chains)
        cells["depth"] = {"type": "literal", "value": str(depth), "datatype": XSD_INTEGER}
    return cells


def _voice(chain: Chain) -> str:
    stance = "" if chain.stance in ("asserts", "reports") else f" ({chain.stance})"
    return f"{chain.origin.label}{stance}"


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
