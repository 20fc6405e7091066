"""A query in, what it reads without asking who says so out.

A situation is content of a claim; read without the claim, a role in it looks like a fact. A query
is noticed when it reads a role (who acted, disclosed, spoke …) of something that is nowhere in the
query what a claim says, that is, the object of `hg:content`.

Recognised: full, relative and prefixed names under any prefix, blank node lists, paths and their
inverses (`^hg:actor`, `hg:content/hg:actor`, `hg:actor|hg:discloser`), nested groups and
sub-selects. What stands under MINUS or NOT EXISTS is left out on both sides, for no row says it.

Not recognised: a property in a variable (`?s ?p ?o`), DESCRIBE, GRAPH stores and dumps; a join
made by equality alone (`FILTER(?a = ?b)`, BIND), for which the notice is too strict; and two
variables of one name in different sub-selects, for which it is too lenient.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hostagegraph.ceilings import Token
from hostagegraph.service.text.patterns import Pattern, Step, lexemes, read_patterns

CONTENT: Final = "content"
ROLES: Final = frozenset(
    {
        *("participant", "actor", "recipient", "discloser", "publishedSpeaker", "publishedVia"),
        *("originator", "issuer", "holder", "ascribedTo", "characterises"),
    }
)
_HIDDEN: Final = ""


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A role that is read of something without the claim that says so."""

    role: str
    subject: str
    prefix: str

    @property
    def join(self) -> str:
        """The pattern that would join the claim; `?situation` stands for an unnamed subject."""
        return f"?claim {self.prefix}:{CONTENT} {self.subject or '?situation'}"

    @property
    def header(self) -> str:
        """Say so on one line of ASCII."""
        subject = self.subject if self.subject.isascii() else "?situation"
        join = f"?claim {self.prefix}:{CONTENT} {subject or '?situation'}"
        value = f'none; reads="{self.prefix}:{self.role}"; join="{join}"'
        return value.replace("\\", "")

    @property
    def notice(self) -> str:
        """Say so in a sentence."""
        of = f" of {self.subject}" if self.subject else ""
        return (
            f"Unattributed: these rows rest on {self.prefix}:{self.role}{of} without the claim "
            f"that says so. Join the claim and its voice: {self.join} ; "
            f"{self.prefix}:attribution/{self.prefix}:assertor ?voice ."
        )


def unattributed(text: str, base: str) -> Unattributed | None:
    """Find the first role that a query reads without joining a claim."""
    if not any(role in text for role in ROLES):
        return None
    read = list(lexemes(text))
    names = _Names(read, base)
    patterns = read_patterns(text, read).patterns
    joined = {thing for pattern in patterns for thing in _joined(pattern, names)}
    for pattern in patterns:
        for role, subject in _read(pattern, names):
            if subject not in joined or subject == _HIDDEN:
                shown = subject if subject[:1] in ("?", "$", "<") else ""
                return Unattributed(role, shown, names.prefix)
    return None


class _Names:
    """The names of the ontology as one query writes them."""

    def __init__(self, read: Sequence[Token], base: str) -> None:
        self._own = (f"<{base}ns#", "<ns#")
        self._prefixes: dict[str, bool] = {}
        for word, name, iri in zip(read, read[1:], read[2:], strict=False):
            if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
                self._prefixes[name.text[:-1]] = iri.text in (f"<{base}ns#>", "<ns#>")
        self.prefix = next((name for name, own in self._prefixes.items() if own), "hg")

    def local(self, written: str) -> str:
        """Give the name in the ontology; empty for what is of another vocabulary."""
        for start in self._own:
            if written.startswith(start):
                return written[len(start) : -1]
        prefix, colon, local = written.partition(":")
        return local if colon and self._prefixes.get(prefix) else ""


def _joined(pattern: Pattern, names: _Names) -> Iterator[str]:
    """Give what a pattern says to be content of a claim."""
    for step in pattern.path:
        if names.local(step.property) == CONTENT:
            if step.last and not step.inverse:
                yield pattern.object
            if step.first and step.inverse:
                yield pattern.subject


def _read(pattern: Pattern, names: _Names) -> Iterator[tuple[str, str]]:
    """Give each role that a pattern reads, and of what."""
    if any(names.local(step.property) == CONTENT for step in pattern.path):
        return
    for step in pattern.path:
        role = names.local(step.property)
        if role in ROLES:
            yield role, _bearer(pattern, step)


def _bearer(pattern: Pattern, step: Step) -> str:
    if step.first and not step.inverse:
        return pattern.subject
    if step.last and step.inverse:
        return pattern.object
    return _HIDDEN
