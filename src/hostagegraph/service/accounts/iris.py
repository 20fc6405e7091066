"""IRIs in, addresses and short forms for people out."""

import re

from hostagegraph.service.text import hints

_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.ASCII)


def address(iri: str, base: str) -> str:
    """Find where an IRI leads: things of the data to this service, others to the web.

    >>> address("https://example.org/id/agent/a", "https://example.org/")
    '/id/agent/a'
    >>> address("javascript:alert(1)", "https://example.org/")
    ''
    """
    if iri.startswith(f"{base}ns#"):
        return f"/ns#{iri.removeprefix(f'{base}ns#')}"
    for folder in ("id/", "ns"):
        if iri.startswith(base + folder):
            return "/" + iri.removeprefix(base)
    return iri if _WEB.match(iri) else ""


def compact(iri: str, base: str) -> str:
    """Write an IRI as people do.

    >>> compact("https://example.org/id/agent/a", "https://example.org/")
    'agent/a'
    >>> compact("http://www.w3.org/2001/XMLSchema#date", "https://example.org/")
    'xsd:date'
    """
    if iri.startswith(f"{base}id/"):
        return iri.removeprefix(f"{base}id/")
    for prefix, namespace in hints.prefixes(base).items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
