"""Know what is defined where in the data folder, and check every reference against it.

Nodes of files in, definitions with their places out. A thing goes by its path under `id/`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from hostagegraph import model
from hostagegraph.decoding import Reference, did_you_mean
from hostagegraph.documents import entries, items, joined, problem_at, value_of
from hostagegraph.errors import Problem
from hostagegraph.vocabulary import CHAINS, CLASSES

_REFERENCE = re.compile(
    r"((unnamed|s|info|mandate|proposal|cluster|place|office|agent)/[a-z0-9]+(-[a-z0-9]+)*"
    r"|c/[a-z0-9]+-[0-9]{2,3}|curator/[1-9][0-9]*|[a-z0-9]+(-[a-z0-9]+)*)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, line and column from 1, path inside the record."""

    file: str
    line: int
    column: int
    path: str


@dataclass(slots=True)
class Definitions:
    """What is gathered while the files are read: definitions, places, references, problems."""

    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Reference]] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    where: dict[str, dict[str, Place]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    assumed: set[tuple[str, str]] = field(default_factory=set)
    relations: Counter[str] = field(default_factory=Counter)

    def define(self, thing: str, kind: str, file: str, node: yaml.Node, path: str) -> None:
        """Note that a thing is defined here; twice is a mistake."""
        if thing in self.classes:
            first = self.where[thing][""]
            message = f"{thing} is defined at {first.file}:{first.line} too; choose another name"
            self.problems.append(problem_at(file, node, path, message))
            return
        self.classes[thing] = kind
        self.locate(thing, file, node, path)

    def locate(self, thing: str, file: str, node: yaml.Node, path: str) -> None:
        """Note where a thing and each of its fields stand; the first place counts."""
        if thing in self.where:
            return
        self.where[thing] = {"": _place(file, node, path)}
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                self.where[thing][key.value] = _place(file, key, joined(path, key.value))


# --- what is defined, and what refers to it -----------------------------------------------------


def define_locals(node: yaml.MappingNode, source: str, file: str, defs: Definitions) -> None:
    """Note every claim, situation, persona and item of a file, whether it reads cleanly or not."""
    for key, value, path in entries(node, "unnamed"):
        kind = value_of(value, "type") or "AnonymousSource"
        defs.define(f"{source}/u-{key.value}", kind, file, value, path)
    for key, value, path in entries(node, "info"):
        defs.define(f"{source}/i-{key.value}", "InformationItem", file, value, path)
    for key, value, path in entries(node, "passages"):
        defs.locate(_passage_thing(source, node, value, key.value), file, value, path)
    for _, claim, path in items(node, "claims"):
        if identity := value_of(claim, "id"):
            defs.define(f"{source}/c{identity}", "Claim", file, claim, path)
            _locate_parts(claim, f"{source}/c{identity}", file, path, defs)
        for at, at_path in passages_of(claim, path):
            if isinstance(at, yaml.SequenceNode):
                defs.locate(_passage_thing(source, node, at, ""), file, at, at_path)
        for key, value in claim.value if isinstance(claim, yaml.MappingNode) else ():
            if key.value == "content":
                _define_situations(value, source, file, f"{path}.content", defs)


def _define_situations(
    node: yaml.Node, source: str, file: str, path: str, defs: Definitions
) -> None:
    """Note a situation described in place, and those described inside it."""
    slug = value_of(node, "slug")
    if slug is not None:
        kind = value_of(node, "type") or "ReportedSituation"
        defs.define(f"{source}/s-{slug}", kind, file, node, path)
    for key in ("cause", "effect"):
        for _, end, where in items(node, key, path):
            _define_situations(end, source, file, where, defs)


def _locate_parts(claim: yaml.Node, thing: str, file: str, path: str, defs: Definitions) -> None:
    """Note the places of a claim's links, denials and allegations."""
    chains = [(claim, path), *((n, p) for _, n, p in items(claim, "denied", path))]
    for letter, (chain, where) in zip(CHAINS, chains, strict=False):
        defs.locate(f"{thing}-{letter}1", file, chain, where)
        for index, link, place in items(chain, "says", where):
            defs.locate(f"{thing}-{letter}{index + 2}", file, link, place)
    for index, accused, where in items(claim, "against", path):
        defs.locate(f"{thing}-g{index + 1}", file, accused, where)


def number_relations(
    node: yaml.MappingNode, source: str, file: str, defs: Definitions
) -> list[int]:
    """Give the numbers of the relations from each claim, in the order of files and lines."""
    numbers = []
    for _, relation, path in items(node, "relations"):
        thing = model.thing_of(source, value_of(relation, "from") or "c/")
        defs.relations[thing] += 1
        numbers.append(defs.relations[thing])
        defs.locate(f"{thing}-r{numbers[-1]}", file, relation, path)
    return numbers


def _passage_thing(source: str, file: yaml.Node, node: yaml.Node, name: str) -> str:
    if isinstance(node, yaml.SequenceNode) and len(node.value) > 1:
        language = value_of(file, "text") or "en"
        numbers = "-".join(str(item.value) for item in node.value[:2])
        return f"{source}/p-{numbers}" if language == "en" else f"{source}/p-{language}-{numbers}"
    return f"{source}/p-{name}"


def unresolved(defs: Definitions) -> Iterator[Problem]:
    """Check every reference, after all files are read."""
    for source, reference in defs.references:
        message = _wrong_reference(source, reference, defs)
        if message:
            yield problem_at(reference.file, reference.node, reference.path, message)


def _wrong_reference(source: str, reference: Reference, defs: Definitions) -> str:
    text, accepted = reference.text, reference.range
    if not _REFERENCE.fullmatch(text):
        return f'"{text}" is no reference; write a slug, s/…, unnamed/…, info/…, c/… or agent/…'
    if "/" not in text and not accepted.folder:
        return f'"{text}" needs its folder here, such as agent/{text} or s/{text}'
    thing = model.thing_of(source, text, accepted.folder)
    kind = defs.classes.get(thing)
    if kind is not None:
        return _wrong_kind(text, kind, accepted)
    if thing.partition("/")[0] in defs.unread:
        # The file that may define it could not be read, which is said already.
        defs.assumed.add((thing, accepted.classes[0]))
        return ""
    near = did_you_mean(text, _references(source, accepted, defs))
    return f'nothing is called "{text}"{near}; define it or mend the name'


def _wrong_kind(text: str, kind: str, accepted: model.Range) -> str:
    classes = {kind, *CLASSES.get(kind, ())}
    if "any" not in accepted.classes and not classes & set(accepted.classes):
        return f'"{text}" is {_article(kind)}; this field takes {" or ".join(accepted.classes)}'
    if classes & set(accepted.never):
        return f'"{text}" is {_article(kind)}, which this field never takes'
    return ""


def _references(source: str, accepted: model.Range, defs: Definitions) -> Iterator[str]:
    """Give the texts of all references that would be right, for a suggestion."""
    local = {"u": "unnamed/", "s": "s/", "i": "info/"}
    for thing, kind in defs.classes.items():
        if not {kind, *CLASSES.get(kind, ()), "any"} & set(accepted.classes):
            continue
        room, _, name = thing.partition("/")
        if room == source:
            letter, _, rest = name.partition("-")
            yield f"c/{name[1:]}" if kind == "Claim" else local.get(letter, "") + rest
        elif room in (accepted.folder, "curator"):
            yield name if room == accepted.folder else thing
        elif not accepted.folder:
            yield thing


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"


def _place(file: str, node: yaml.Node, path: str) -> Place:
    mark = node.start_mark
    return Place(file, mark.line + 1, mark.column + 1, path)


def passages_of(claim: yaml.Node, path: str) -> Iterator[tuple[yaml.Node, str]]:
    """Give the passages of a claim and of its denials, as they are written."""
    for owner, where in [(claim, path), *((n, p) for _, n, p in items(claim, "denied", path))]:
        for key, value in owner.value if isinstance(owner, yaml.MappingNode) else ():
            if key.value != "at":
                continue
            if isinstance(value, yaml.SequenceNode) and not _is_anchor(value):
                yield from ((n, f"{where}.at[{i}]") for i, n in enumerate(value.value))
            else:
                yield value, f"{where}.at"


def _is_anchor(node: yaml.SequenceNode) -> bool:
    return bool(node.value) and all(
        isinstance(item, yaml.ScalarNode) and item.value[:1].isdigit() for item in node.value[:2]
    )
