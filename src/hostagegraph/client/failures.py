"""What can go wrong for one who asks a service.

GraphError
├── Unreachable      nobody answers at this address, or not in time
├── Refused          the service answers with a problem, and says which
├── Incomplete       an answer ended before its end
├── Changed          the data changed between two answers that belong together
├── NotTold          something is asked of an answer that it cannot tell
└── PandasMissing    a frame is wanted, and pandas is not installed
"""

from collections.abc import Mapping
from typing import Any

from hostagegraph.errors import HostagegraphError


class GraphError(HostagegraphError):
    """A question to a service could not be answered."""


class Unreachable(GraphError):
    """Nobody answers at this address, or not in time."""


class Refused(GraphError):
    """The service answered with a problem document (RFC 9457).

    `document` is all of it; `problems` maps each parameter to what is wrong with its value.
    """

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status, self.document = status, document
        self.title = str(document.get("title", "The service refused"))
        self.detail = str(document.get("detail", ""))
        self.hint = str(document.get("hint", ""))
        self.problems: dict[str, str] = dict(document.get("problems", {}))
        told = ": ".join(filter(None, [f"{self.title} ({status})", self.detail]))
        super().__init__(f"{told}. {self.hint}" if self.hint else told)


class Incomplete(GraphError):
    """An answer ended before its end; nothing of it is given."""


class Changed(GraphError):
    """The data changed between two answers that belong together; ask again."""


class NotTold(GraphError):
    """Something is asked of an answer that it cannot tell."""


class PandasMissing(GraphError):
    """A frame is wanted, and pandas is not installed."""
