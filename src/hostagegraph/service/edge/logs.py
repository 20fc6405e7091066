"""What happens in, lines of JSON or text out: one pipe for the service, its server and workers.

A reader of the log that does not keep up never holds the service back: lines wait, up to a number,
in a thread of their own, and what does not fit is counted and told.
"""

import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")

_MOST_LINES: Final = 10_000
_GATHER: Final = 0.1  # seconds in which lines are gathered for one write
_LEAVE: Final = 1.0  # seconds that the last lines may take at the end

_Event = MutableMapping[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode  # made once: it is in every line


class Lines:
    """Lines for a file descriptor, written in batches by a thread of their own."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._lines: deque[str] = deque()
        self._lost = 0
        self._news = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="log", daemon=True)
        self._thread.start()

    def add(self, line: str) -> None:
        """Take a line."""
        if len(self._lines) >= _MOST_LINES:
            self._lost += 1
            return
        self._lines.append(line)
        if not self._news.is_set():
            self._news.set()

    info = add  # what a bound logger calls

    def close(self) -> None:
        """Write what is left, if its reader takes it."""
        self._ended.set()
        self._news.set()
        self._thread.join(_LEAVE)

    def _work(self) -> None:
        while not (self._ended.is_set() and not self._lines):
            self._news.wait()
            self._ended.wait(_GATHER)
            self._news.clear()
            batch = [self._lines.popleft() for _ in range(len(self._lines))]
            lost, self._lost = self._lost, 0
            if lost:
                batch.append(f'{{"event": "the log was not read in time", "lines_lost": {lost}}}')
            if batch and not self._write(("\n".join(batch) + "\n").encode("utf-8", "replace")):
                return

    def _write(self, data: bytes) -> bool:
        """Write all; False once nobody can read it any more."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._target, rest) :]
        except OSError:
            return False
        return True


@contextmanager
def pipe() -> Iterator[Lines]:
    """Open the pipe to standard error, and write what is left in it at the end."""
    lines = Lines(2)
    try:
        yield lines
    finally:
        logging.getLogger().handlers.clear()
        lines.close()


class Journal:
    """One line for each request."""

    def __init__(self, lines: Lines, form: str, *, addresses: bool = False) -> None:
        self._addresses = addresses
        self._log = structlog.wrap_logger(
            lines,
            processors=[_Clock(), _renderer(form)],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
            context_class=dict,
            cache_logger_on_first_use=True,
        ).bind()

    def write(self, address: str, told: Mapping[str, Any]) -> None:
        """Write the line of a request; the client's address only where that is asked for."""
        if self._addresses:
            told = {**told, "address": address}
        self._log.info("request", **told)


class _Clock:
    """Say when, in UTC; the text of a second is made once."""

    def __init__(self) -> None:
        self._second, self._text = 0, ""

    def __call__(self, _logger: Any, _method: str, event: _Event) -> _Event:
        """Add the time of a line."""
        now = time.time()
        if int(now) != self._second:
            self._second = int(now)
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self._second))
        event["timestamp"] = f"{self._text}.{int(now * 1000) % 1000:03d}Z"
        return event


class _Handler(logging.Handler):
    """Lead the lines of every other part into the same pipe."""

    def __init__(self, lines: Lines, form: str) -> None:
        super().__init__()
        self._lines = lines
        shared: list[Any] = [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _Clock(),
            ExtraAdder(),
            _name_request,
        ]
        renderers: list[Any] = [ProcessorFormatter.remove_processors_meta, _renderer(form)]
        if form == "json":
            renderers.insert(1, structlog.processors.format_exc_info)
        self.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=renderers))

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line."""
        record.__dict__.pop("color_message", None)  # the server's own, for terminals
        self._lines.add(self.format(record))


def lead(lines: Lines, form: str) -> None:
    """Lead everything that this process logs into one pipe, as JSON or as text."""
    root = logging.getLogger()
    root.handlers[:] = [_Handler(lines, form)]
    root.setLevel(logging.INFO)


def form_for(wish: str, *, terminal: bool) -> str:
    """Choose JSON or text; `auto` is text on a terminal."""
    if wish == "auto":
        return "text" if terminal else "json"
    return wish


def _renderer(form: str) -> Any:
    if form == "json":
        return structlog.processors.JSONRenderer(serializer=lambda event, **_: _encode(event))
    # Tracebacks without the values of variables: the text of a query may be among them.
    return structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )


def _name_request(_logger: Any, _method: str, event: _Event) -> _Event:
    """Say during which request a line was written."""
    if name := REQUEST.get():
        event["request"] = name
    return event
