"""How uvicorn serves: the fast event loop, the fast reader of HTTP, and a bound for heads."""

from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# uvicorn's own choice may fall on slower parts; these two are half of the cost of a plain answer.
LOOP: Final = "uvloop"
_MOST: Final = 65_536


class Protocol(HttpToolsProtocol):
    """Read requests whose heads, from the method to the last header, have 64 KiB at most.

    The reader itself would hold a header that never ends, until the memory does.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head = 0
        self._in_head = True

    def data_received(self, data: bytes) -> None:
        """Take what has arrived, unless the head is too long with it."""
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > _MOST and not self.transport.is_closing():
            self.send_400_response(_TOO_LONG)

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the head is too long or of a version that has no heads."""
        if self.parser.get_http_version() not in ("1.0", "1.1"):
            raise ValueError(_TOO_OLD)  # answered 400, as what cannot be read
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > _MOST:
            raise ValueError(_TOO_LONG)
        self._in_head, self._head = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the head of the next request."""
        self._in_head = True
        super().on_message_complete()


_TOO_LONG: Final = f"The head of the request has more than {_MOST} bytes."
_TOO_OLD: Final = "The request names no version of HTTP that is spoken here."
