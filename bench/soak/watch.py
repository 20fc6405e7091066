"""A process and its children, seen through /proc: memory, open files, who came and went."""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 2.0
_MEGA = 1e6


@dataclass(frozen=True)
class Sample:
    """One look: seconds since the start, megabytes of the service and of its workers, files."""

    at: float
    service: float
    workers: float
    files: int


class Watch(threading.Thread):
    """Look every two seconds until told to stop."""

    def __init__(self, pid: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.samples: list[Sample] = []
        self.workers: set[int] = set()
        self._pid, self._stop_now = pid, stop

    def run(self) -> None:
        """Take samples."""
        began = time.monotonic()
        while not self._stop_now.wait(_EVERY):
            children = _children(self._pid)
            self.workers |= children
            self.samples.append(
                Sample(
                    time.monotonic() - began,
                    _resident(self._pid),
                    sum(map(_resident, children)),
                    _files(self._pid),
                )
            )


def _children(pid: int) -> set[int]:
    try:
        return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / _MEGA
    except (OSError, IndexError):
        return 0.0


def _files(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0
