"""A request in, its whole answer out: waits when told to, and never takes a part for all."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from hostagegraph import __version__
from hostagegraph.client.failures import Incomplete, Refused, Unreachable

Fields = Sequence[tuple[str, str]]

_BUSY: Final = (429, 503)
_FAILED: Final = 400


class Connection:
    """A way to one service; `timeout` and `patience`, for waiting in all, are in seconds."""

    def __init__(
        self, url: str, timeout: float = 60.0, patience: float = 30.0, token: str = ""
    ) -> None:
        self.url, self._timeout, self._patience = url.rstrip("/"), timeout, patience
        headers = {"User-Agent": f"hostagegraph/{__version__}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=True)

    def __reduce__(self) -> tuple[type["Connection"], tuple[str, float, float]]:
        """Let frames be pickled: sockets and the token stay behind."""
        return type(self), (self.url, self._timeout, self._patience)

    def get(self, path: str, fields: Fields = (), accept: str = "*/*") -> httpx.Response:
        """Get what stands at an address. Raises GraphError."""
        address = httpx.URL(f"{self.url}{path}", params=list(fields) or None)
        return self._send(self._http.build_request("GET", address, headers={"Accept": accept}))

    def post(self, path: str, form: Mapping[str, str], accept: str) -> httpx.Response:
        """Send a form that changes nothing. Raises GraphError."""
        headers = {"Accept": accept}
        request = self._http.build_request(
            "POST", f"{self.url}{path}", data=dict(form), headers=headers
        )
        return self._send(request)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _send(self, request: httpx.Request) -> httpx.Response:
        left = self._patience
        while True:
            response = self._once(request)
            if response.status_code not in _BUSY:
                break
            wait = _seconds(response.headers.get("retry-after", ""))
            if wait is None or wait > left:
                break
            left -= wait
            time.sleep(wait)
        if response.status_code >= _FAILED:
            raise Refused(response.status_code, _document(response))
        _check_framing(response)
        return response

    def _once(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._http.send(request)
        except httpx.TimeoutException as error:
            raise Unreachable(
                f"{self.url} did not answer within {self._timeout:g} seconds"
            ) from error
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
            raise Incomplete(f"the answer of {request.url} ended early: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(f"{self.url} cannot be reached: {error}") from error


def _seconds(retry_after: str) -> float | None:
    """Read how long to wait, as seconds or as a date; at least a tenth of a second.

    >>> _seconds("2"), _seconds("soon")
    (2.0, None)
    """
    try:
        wait = float(int(retry_after))
    except ValueError:
        try:
            wait = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(wait, 0.1)


def _document(response: httpx.Response) -> Mapping[str, Any]:
    """Read a problem; what answers in another way, such as a proxy, is named by its status."""
    try:
        told = response.json()
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {"title": response.reason_phrase}


def _check_framing(response: httpx.Response) -> None:
    """Refuse an answer that does not say where it ends: a cut would look like the end."""
    one = response.http_version.startswith("HTTP/1")
    chunked = "chunked" in response.headers.get("transfer-encoding", "").lower()
    if one and not chunked and "content-length" not in response.headers:
        raise Incomplete(f"the answer of {response.url} does not say where it ends")
