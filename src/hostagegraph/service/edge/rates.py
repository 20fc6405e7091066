"""Who asks how often: an address, or the holder of a token, each within its rate."""

import hashlib
import ipaddress
import math
import re
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import limits
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from hostagegraph.errors import SettingsError
from hostagegraph.service.problems import RateLimited, UnknownToken

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = {"name", "sha256", "rate"}
_NETWORK: Final = 64  # one holder of IPv6 addresses has at least so large a network


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever asks, and the rates that hold for them."""

    name: str
    rates: Sequence[limits.RateLimitItem] = ()


class Rates:
    """Count requests that need a worker, by token or by address; without a rate nobody is counted.

    Raises SettingsError for a rate or a file of tokens that cannot be read.
    """

    def __init__(self, rate: str = "", tokens: Path | None = None) -> None:
        self._anybody = _rates(rate, "rate")
        self._holders = _read(tokens) if tokens else {}
        counted = self._anybody or any(holder.rates for holder in self._holders.values())
        # The storage keeps a thread to forget old counts: none where nothing is counted.
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage()) if counted else None

    @property
    def known(self) -> bool:
        """Tell whether there are tokens at all."""
        return bool(self._holders)

    def owner(self, address: str, headers: Iterable[tuple[bytes, bytes]]) -> Owner:
        """Say who asks. Raises UnknownToken for a token that nobody was given."""
        if self._holders:
            for key, value in headers:
                if key == b"authorization" and value[:7].lower() == b"bearer ":
                    digest = hashlib.sha256(value[7:].strip()).hexdigest()
                    if digest not in self._holders:
                        raise UnknownToken("nobody was given this token; ask without one")
                    return self._holders[digest]
        return Owner(_network(address), self._anybody)

    def count(self, owner: Owner) -> None:
        """Count one request. Raises RateLimited when it is one too many."""
        for rate in owner.rates if self._counter else ():
            assert self._counter is not None  # noqa: S101 - else nothing is counted
            if not self._counter.hit(rate, owner.name):
                again = self._counter.get_window_stats(rate, owner.name).reset_time - time.time()
                raise RateLimited(
                    f"more than {rate.amount} requests in {rate.get_expiry()} seconds",
                    rate.amount,
                    rate.get_expiry(),
                    max(1, math.ceil(again)),
                )


@lru_cache(4096)
def _network(address: str) -> str:
    """Name the network of an IPv6 address, since its holder has all of it; others as they are."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - the version of the protocol
        return address
    assert isinstance(found, ipaddress.IPv6Address)  # noqa: S101 - there is no third version
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((address.partition("%")[0], _NETWORK), strict=False))


def _rates(text: str, origin: str) -> Sequence[limits.RateLimitItem]:
    try:
        return limits.parse_many(text) if text else ()
    except ValueError as error:
        message = f"{origin}: {text!r} is no rate; write it as 600/minute, or 10/second;600/minute"
        raise SettingsError(message) from error


def _read(path: Path) -> dict[str, Owner]:
    """Read the holders of tokens, by the digest of the token."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("token")
    except (OSError, ValueError) as error:
        raise SettingsError(f"tokens: {path.name}: {error}") from error
    if not isinstance(found, list) or not found:
        raise SettingsError(f"tokens: {path.name}: write one [[token]] table for each holder")
    holders: dict[str, Owner] = {}
    for number, entry in enumerate(found, 1):
        digest, holder = _holder(entry, f"tokens: {path.name}: token {number}")
        if digest in holders or holder.name in {other.name for other in holders.values()}:
            raise SettingsError(f"tokens: {path.name}: token {number} is there twice")
        holders[digest] = holder
    return holders


def _holder(entry: Any, origin: str) -> tuple[str, Owner]:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SettingsError(f"{origin}: each field is a text in quotes")
    if unknown := set(entry) - _FIELDS:
        raise SettingsError(f"{origin}: unknown field {min(unknown)}; known: name, sha256, rate")
    if not entry.get("name"):
        raise SettingsError(f"{origin}: name says whose it is")
    if not _DIGEST.fullmatch(entry.get("sha256", "")):
        raise SettingsError(f"{origin}: sha256 is the SHA-256 of the token in 64 digits 0-9a-f")
    name = f"token {entry['name']}"
    return entry["sha256"], Owner(name, _rates(entry.get("rate", ""), origin))
