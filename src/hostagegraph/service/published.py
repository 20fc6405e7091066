"""What is published beside the data, read once: who says each claim, and what forms offer."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from hostagegraph import pick_lists, voices
from hostagegraph.pick_lists import PickLists
from hostagegraph.policies import Policy, passing
from hostagegraph.service.problems import BadRequest
from hostagegraph.snapshot import Snapshot
from hostagegraph.voices import Claims

_BEFORE_ALL: Final = datetime.fromtimestamp(0, UTC)
_REMEMBERED: Final = 64  # combinations of source policies whose claims are kept


@dataclass(slots=True)
class Published:
    """The accounts of one snapshot, and when it was published.

    `claims` is None where it was published without them.
    """

    claims: Claims | None = None
    lists: PickLists = field(default_factory=dict)
    on: datetime = _BEFORE_ALL
    _passing: OrderedDict[tuple[Policy, ...], tuple[str, ...]] = field(default_factory=OrderedDict)

    def read(self, snapshot: Snapshot) -> None:
        """Read the files of a snapshot. Raises SnapshotError when one is damaged."""
        self.on = snapshot.published
        if voices.FILE in snapshot.manifest.dumps:
            self.claims = voices.read_claims(snapshot.dumps / voices.FILE)
        if pick_lists.FILE in snapshot.manifest.dumps:
            self.lists = pick_lists.read_pick_lists(snapshot.dumps / pick_lists.FILE)

    @property
    def voices(self) -> Claims:
        """Who says each claim. Raises BadRequest where that was not published."""
        if self.claims is None:
            raise BadRequest("these data were published without an account of who says each claim")
        return self.claims

    def passing(self, policies: tuple[Policy, ...]) -> tuple[str, ...]:
        """List the claims that meet source policies; they are found once. Raises BadRequest."""
        if policies not in self._passing:
            self._passing[policies] = passing(self.voices, policies)
            if len(self._passing) > _REMEMBERED:
                self._passing.popitem(last=False)
        self._passing.move_to_end(policies)
        return self._passing[policies]
