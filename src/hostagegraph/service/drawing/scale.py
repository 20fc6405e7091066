"""Days in, places on a line out: where a reported day begins and ends when it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hostagegraph.service.accounts.days import Day

_MONTHS: Final = 14  # more months than this are named by year


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from one day to another, in pixels; `fade` is how far an unknown end is drawn."""

    first: date
    last: date
    left: float
    right: float
    fade: float = 46

    def x(self, day: date) -> float:
        """Find the place of a day."""
        days = max((self.last - self.first).days, 1)
        return self.left + (day - self.first).days * (self.right - self.left) / days

    def months(self) -> Iterator[tuple[float, date, bool]]:
        """Give the place of each month that is named, and whether it is named by its year."""
        day = self.first.replace(day=1)
        total = (self.last.year - day.year) * 12 + self.last.month - day.month
        while day <= self.last:
            if day >= self.first and (total <= _MONTHS or day.month == 1):
                yield self.x(day), day, total > _MONTHS
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)

    def ends(self, day: Day) -> tuple[float, float, float]:
        """Find where a day begins and ends, and where its sign stands."""
        if day.shape == "by":
            assert day.end_max  # noqa: S101 - the shape says so
            high = self.x(day.end_max)
            return max(high - self.fade, self.left - 40.0), high, high
        if day.shape == "from":
            assert day.start_min  # noqa: S101 - the shape says so
            low = self.x(day.start_min)
            return low, min(low + 3 * self.fade, self.right), low
        assert day.start_min and day.end_max  # noqa: S101, PT018 - the shape says so
        low, high = self.x(day.start_min), self.x(day.end_max)
        return low, high, low if day.shape == "span" else (low + high) / 2


def outline(shape: str, low: float, high: float) -> str:
    """Draw the outline of an uncertain range, 11 pixels high around zero.

    Its level lines run in the middle of pixels, so that they are one pixel wide, and dark.
    """
    if shape == "within":
        cut = min(10.0, (high - low) / 2)
        return (
            f"M{low:.1f} 0L{low + cut:.1f}-5.5H{high - cut:.1f}L{high:.1f} 0"
            f"L{high - cut:.1f} 5.5H{low + cut:.1f}Z"
        )
    if shape == "by":
        return f"M{low:.1f} 0L{high:.1f}-5.5V5.5Z"
    return f"M{low:.1f}-5.5H{high:.1f}M{low:.1f} 5.5H{high:.1f}"
