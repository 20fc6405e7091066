"""Refuse requests that call the service by a name that is not its own.

A web page can make its own name lead to a loopback address and read from there. Such a name has a
dot; addresses, `localhost` and names of machines and containers have no such owner.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable

from fastapi import Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

_PORT = re.compile(rb":\d*\Z")


class TrustedHosts:
    """Pass on what is meant for this service; `*` among the names lets everything pass."""

    def __init__(
        self, app: ASGIApp, names: Iterable[str], refuse: Callable[[Request], Response]
    ) -> None:
        self.app, self._refuse = app, refuse
        self._names = {name.lower().encode() for name in names}
        self._known: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the Host header, where there is one."""
        if scope["type"] == "http":
            for key, value in scope["headers"]:
                if key == b"host" and value not in self._known and not self._is_own(value):
                    await self._refuse(Request(scope))(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    def _is_own(self, value: bytes) -> bool:
        host = _PORT.sub(b"", value).lower().removesuffix(b".")
        own = b"*" in self._names or host in self._names or b"." not in host or _is_address(host)
        if own and len(self._known) < 100:  # noqa: PLR2004 - a few are asked for again and again
            self._known.add(value)
        return own


def _is_address(host: bytes) -> bool:
    try:
        ipaddress.ip_address(host.decode("latin-1").removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True
