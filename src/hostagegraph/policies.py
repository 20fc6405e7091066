"""Source policies: the words of a request in, the claims that pass out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hostagegraph.errors import PolicyError
from hostagegraph.parameters import meant, shown
from hostagegraph.voices import Chain, Claim, Claims, origins

_UNNAMED: Final = ("anonymous", "pseudonymous")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,3}")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule on whose word counts; `argument` is empty for rules that take none."""

    name: str
    argument: str = ""

    def passes(self, claim: Claim) -> bool:
        """Tell whether a claim meets the rule."""
        return _RULES[self.name].passes(claim, self.argument)

    def __str__(self) -> str:
        return f"{self.name}:{self.argument}" if self.argument else self.name


@dataclass(frozen=True, slots=True)
class _Rule:
    says: str
    passes: Callable[[Claim, str], bool]
    argument: re.Pattern[str] | None = None
    example: str = ""


def _voices(claim: Claim) -> Iterator[str]:
    return (voice.attribution for chain in claim.chains for voice in chain.voices)


def _favouring(claim: Claim) -> Iterator[Chain]:
    return (chain for chain in claim.chains if chain.favours)


_RULES: Final[Mapping[str, _Rule]] = {
    "on-record": _Rule(
        "no unnamed source stands in any chain through which the claim reached print",
        lambda claim, _: not any(kind in _UNNAMED for kind in _voices(claim)),
    ),
    "first-hand": _Rule(
        "by some chain, the outlet speaks itself or has it from the first voice directly",
        lambda claim, _: any(chain.depth <= 1 for chain in claim.chains),
    ),
    "no-leaks": _Rule(
        "what is claimed is not that somebody disclosed something",
        lambda claim, _: not claim.leak,
    ),
    "min-voices": _Rule(
        "at least so many different voices put the claim forward, doubt and denial not counted",
        lambda claim, least: len(origins(_favouring(claim))) >= int(least),
        _NUMBER,
        "min-voices:2",
    ),
    "only": _Rule(
        "the claim stands in this source work",
        lambda claim, slug: claim.source.endswith(f"/id/source/{slug}"),
        _SLUG,
        "only:example-gazette-1900",
    ),
}
POLICIES: Final[Mapping[str, str]] = {
    rule.example or name: rule.says for name, rule in _RULES.items()
}


def read_policies(words: Sequence[str]) -> tuple[Policy, ...]:
    """Read policies, several of them parted by commas or given one by one, sorted.

    Raises PolicyError that names the word and what is known.

    >>> [str(policy) for policy in read_policies(["no-leaks,min-voices:2", "on-record"])]
    ['min-voices:2', 'no-leaks', 'on-record']
    """
    parts = [part.strip() for word in words for part in word.split(",")]
    found = {_policy(part) for part in parts if part}
    return tuple(sorted(found, key=str))


def _policy(word: str) -> Policy:
    name, _, argument = word.partition(":")
    rule = _RULES.get(name)
    if rule is None:
        message = f"no source policy is called {shown(name)}{meant(name, _RULES)}"
        raise PolicyError(f"{message}; known: {', '.join(POLICIES)}")
    if rule.argument is None and argument:
        raise PolicyError(f"{name} takes no value; write {name}")
    if rule.argument is not None and not rule.argument.fullmatch(argument):
        raise PolicyError(f"{name}: not understood: {shown(argument)}; write {rule.example}")
    return Policy(name, argument)


def passing(claims: Claims, policies: Iterable[Policy]) -> tuple[str, ...]:
    """List the claims that meet all policies, in the order of the claims."""
    rules = tuple(policies)
    return tuple(iri for iri, claim in claims.items() if all(r.passes(claim) for r in rules))
