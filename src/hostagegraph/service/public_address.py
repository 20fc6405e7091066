"""The setting of the public address in, the address with which links and code begin out.

A service behind a proxy cannot know it, and believes no word of a request for it.
"""

import re
from typing import Final

from hostagegraph.errors import SettingsError

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS: Final = re.compile(
    rf"(https?://)({_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])(:[0-9]{{1,5}})?(/.*)?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
_OWN_PORTS: Final = {"http://": ":80", "https://": ":443"}
_LARGEST_PORT: Final = 65_535


def public_address_of(text: str) -> str:
    """Read the setting, without a slash at its end; empty where it is. Raises SettingsError.

    >>> public_address_of("https://Graph.example.org/")
    'https://graph.example.org'
    """
    if not text:
        return ""
    match = _ADDRESS.fullmatch(text)
    if match is None or int((match[3] or ":0")[1:]) > _LARGEST_PORT:
        raise SettingsError(
            f"public_address takes an address such as https://graph.example.org, not {text}"
        )
    scheme, host, port, path = (part or "" for part in match.groups())
    if path not in ("", "/"):
        raise SettingsError(
            f"public_address: {text} has a path, but links on the pages begin at the root of a "
            "host; give the service a host name of its own, such as https://graph.example.org"
        )
    scheme = scheme.lower()
    return f"{scheme}{host.lower()}{'' if port == _OWN_PORTS[scheme] else port}"


def host_of(address: str) -> str:
    """Give the name in a public address, without a port; empty where there is none.

    >>> host_of("https://graph.example.org:8443")
    'graph.example.org'
    """
    match = _ADDRESS.fullmatch(address)
    return match[2] if match else ""
