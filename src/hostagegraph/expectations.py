"""Hold the data against the counts it is expected to have: quads by section in, problems out.

A record that is lost by a slip of the pen breaks no shape; it makes a count fall.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import yaml

from hostagegraph.documents import problem_at, read_document
from hostagegraph.errors import Problem
from hostagegraph.vocabulary import CLASSES, RDF_TYPE, Iris

FILE: Final = "data/expectations.yaml"
_RANGE: Final = re.compile(r"0|[1-9][0-9]*", re.ASCII)


def counts_of(quads: Iterable[ox.Quad], base: str) -> Counter[str]:
    """Count the instances of each class of the ontology."""
    own = f"{Iris(base).ontology}#"
    typed = {
        (quad.subject, quad.object)
        for quad in quads
        if quad.predicate.value == RDF_TYPE and isinstance(quad.object, ox.NamedNode)
    }
    kinds = (kind.value for _, kind in typed if isinstance(kind, ox.NamedNode))
    return Counter(kind.removeprefix(own) for kind in kinds if kind.startswith(own))


def unmet(root: Path, counts: Mapping[str, Counter[str]]) -> list[Problem]:
    """Name every count that is outside its range, and every mistake of the file itself.

    `counts` holds the counts of each section by its name, and of everything under `all`. Without
    a file nothing is expected.
    """
    path = root / FILE
    if not path.exists():
        return []
    node, problems = read_document(FILE, path.read_bytes())
    if node is None or problems:
        return problems
    return [problem for key, value in node.value for problem in _section(key, value, counts)]


def _section(
    key: yaml.ScalarNode, node: yaml.Node, counts: Mapping[str, Counter[str]]
) -> Iterator[Problem]:
    if key.value not in counts:
        known = ", ".join(sorted(counts))
        yield problem_at(FILE, key, key.value, f"no section of this name; there are {known}")
    elif not isinstance(node, yaml.MappingNode):
        yield problem_at(FILE, node, key.value, "write a map such as {Claim: [20, 40]}")
    else:
        for name, limits in node.value:
            yield from _class(key.value, name, limits, counts[key.value])


def _class(
    section: str, name: yaml.ScalarNode, node: yaml.Node, counts: Counter[str]
) -> Iterator[Problem]:
    path = f"{section}.{name.value}"
    limits = _limits(node)
    if name.value not in CLASSES:
        yield problem_at(FILE, name, path, "no class of the ontology has this name")
    elif limits is None:
        yield problem_at(FILE, node, path, "write [minimum, maximum], two whole numbers in order")
    elif not limits[0] <= counts[name.value] <= limits[1]:
        found = f"{counts[name.value]} found, {limits[0]} to {limits[1]} expected"
        advice = "find what was lost or doubled, or mend the expectation"
        yield problem_at(FILE, node, path, f"{found}; {advice}")


def _limits(node: yaml.Node) -> tuple[int, int] | None:
    """Read [minimum, maximum]; None where it is something else."""
    values = [item.value for item in node.value] if isinstance(node, yaml.SequenceNode) else []
    if len(values) != 2 or not all(  # noqa: PLR2004  a minimum and a maximum
        isinstance(value, str) and _RANGE.fullmatch(value) for value in values
    ):
        return None
    least, most = int(values[0]), int(values[1])
    return (least, most) if least <= most else None
