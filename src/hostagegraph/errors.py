"""Every failure raised on purpose.

HostagegraphError
├── DateError              a date is not in the accepted EDTF subset
├── PassageError           a text or passage breaks norm/1, or words are not found
├── HeadError              the head of a query or check file is wrong
├── InvalidRecords         records, shapes, checks or queries have mistakes; nothing was published
├── ShapesError            the shapes themselves are broken
├── SnapshotError          a snapshot is missing, damaged or cannot be published
├── RdfError               an RDF file does not parse
├── SettingsError          a setting has a value it cannot have
├── UnknownQuery           no saved query has this name
├── ParameterError         the values for a saved query are wrong
└── QueryError             a query cannot be answered
    ├── QuerySyntaxError   it does not parse
    ├── QueryRefused       it asks for something that is never done here
    ├── QueryTooLong       its text is above the ceiling
    ├── QueryTooComplex    it is above a ceiling, or ended its worker
    ├── QueryTimeout       it ran into its deadline
    ├── ResultTooLarge     its result is above the cap
    └── WorkersBusy        no worker is free
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the input: where it is, what it is and what to do.

    `line` and `column` count from 1; 0 means that the place has none. `path` is the place inside
    the record (`claims[0].at`) or, for foreign RDF, focus node and property. `rule` is the rule of
    the ontology it breaks (`E1`…`E17`, `S1`…`S3`) or empty; `level` is Violation or Warning.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    rule: str = ""
    level: str = "Violation"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        kind = "warning: " if self.level == "Warning" else ""
        rule = f" [{self.rule}]" if self.rule else ""
        path = f" {self.path}:" if self.path else ""
        return f"{where}:{path} {kind}{self.message}{rule}"

    def in_file(self, file: str) -> "Problem":
        """Say the same of another file name."""
        return replace(self, file=file)


class HostagegraphError(Exception):
    """A failure that the program foresees and explains."""


class DateError(HostagegraphError):
    """A date is not in the accepted EDTF subset."""


class PassageError(HostagegraphError):
    """A text or passage breaks norm/1, or the words looked for are not found exactly once."""


class HeadError(HostagegraphError):
    """The `#+` head of a query or check file is wrong; `line` counts from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class InvalidRecords(HostagegraphError):
    """The input has mistakes; `problems` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} mistakes")


class ShapesError(HostagegraphError):
    """The shapes or checks are broken; this says nothing about the data."""


class SnapshotError(HostagegraphError):
    """A snapshot is missing, damaged or cannot be published."""


class RdfError(HostagegraphError):
    """An RDF document does not parse; the message names line and column where it can."""


class SettingsError(HostagegraphError):
    """A setting has a value it cannot have; the message names the setting and where it is from."""


class UnknownQuery(HostagegraphError):
    """No saved query has this name."""


class ParameterError(HostagegraphError):
    """Values for a saved query are wrong; `problems` maps each parameter to what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{name}: {what}" for name, what in sorted(problems.items())))


class PolicyError(HostagegraphError):
    """A source policy is not understood, or the query cannot obey one."""


class QueryError(HostagegraphError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query does not parse; line and column count from 1, 0 where unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.hint = line, column, hint


class QueryRefused(QueryError):
    """A query asks for something that is never done here, such as SERVICE."""


class QueryTooLong(QueryError):
    """The text of a query is above the published ceiling."""


class QueryTooComplex(QueryError):
    """A query is nested or chained above a ceiling, or it ended its worker."""


class QueryTimeout(QueryError):
    """A query ran into its deadline and its worker was killed."""


class ResultTooLarge(QueryError):
    """A result is above the published cap; nothing of it is given."""


class WorkersBusy(QueryError):
    """No worker is free and the queue is full; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after
