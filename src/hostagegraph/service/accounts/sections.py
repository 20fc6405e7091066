"""Claims in, the days of their sections of the source out, where the source heads them by a day."""

from collections.abc import Iterable, Mapping
from typing import Final

from fastapi import Request

from hostagegraph.service.accounts.days import BOUNDS, DAY, Day, day_of
from hostagegraph.service.asking import ask

# The number of a claim is that of its section and its own: claims told in one section share it.
_HEADED: Final = f"""SELECT DISTINCT ?section {BOUNDS} WHERE {{
  VALUES ?section {{ $THINGS }}
  ?on hg:dateBasis hg:heading . ?claim hg:content ?on .
  FILTER (STRSTARTS(STR(?claim), CONCAT(STR(?section), "-")))
  {DAY}
}} ORDER BY ?section ?when LIMIT 2000"""


async def sections_of(request: Request, claims: Iterable[str]) -> Mapping[str, Day]:
    """Find the one day that the heading of a section gives; no day where it gives none or more."""
    sections = {claim: claim.rpartition("-")[0] for claim in claims}
    if not sections:
        return {}
    found: dict[str, dict[str, Day]] = {}
    for row in await ask(request, _HEADED, sorted(set(sections.values()))):
        day = day_of(row)
        if day.shape == "day":
            found.setdefault(row["section"], {})[day.when] = day
    heads = {
        section: next(iter(days.values())) for section, days in found.items() if len(days) == 1
    }
    return {claim: heads.get(section, Day()) for claim, section in sections.items()}
