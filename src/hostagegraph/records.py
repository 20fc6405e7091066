"""Read the data folder: YAML files in, the model and all mistakes of all files out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from hostagegraph import completion, model
from hostagegraph.decoding import BROKEN, Decoder, did_you_mean
from hostagegraph.documents import entries, items, read_document, value_of
from hostagegraph.errors import Problem
from hostagegraph.references import (
    Definitions,
    Place,
    define_locals,
    number_relations,
    passages_of,
    unresolved,
)
from hostagegraph.vocabulary import RESERVED

# The file of agents/ or hubs/, the field of model.Shared of the same name, the class of its
# entries in the ontology and the folder of their IRIs.
_SHARED: Mapping[str, tuple[str, Any, str, str]] = {
    "people": ("agents", model.Person, "Person", "agent"),
    "institutions": ("agents", model.Institution, "Institution", "agent"),
    "groups": ("agents", model.Hub, "Group", "agent"),
    "offices": ("agents", model.Hub, "Office", "office"),
    "curators": ("agents", model.Curator, "Curator", "curator"),
    "mandates": ("hubs", model.Hub, "Mandate", "mandate"),
    "proposals": ("hubs", model.Hub, "Proposal", "proposal"),
    "clusters": ("hubs", model.Hub, "EventCluster", "cluster"),
    "places": ("hubs", model.Hub, "Place", "place"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a data folder says, and what is wrong with it.

    `sections` holds, by file, the sections that read cleanly, completed. `classes` names the class
    of each thing that is defined anywhere, `where` the places of each thing and of its fields,
    both by the path under `id/`. `assumed` pairs things that an unreadable file may define with the
    class that a reference to them asks for.
    """

    shared: model.Shared
    sources: tuple[model.Source, ...]
    sections: Mapping[str, model.Section]
    problems: tuple[Problem, ...]
    classes: Mapping[str, str]
    where: Mapping[str, Mapping[str, Place]]
    assumed: frozenset[tuple[str, str]] = frozenset()

    def place_of(self, thing: str, key: str = "") -> Place | None:
        """Find the place of a thing, or of one of its fields, by the path under `id/`.

        Parts of a thing without a place of their own (a link of a chain, a selector) stand where
        the thing stands.
        """
        while thing not in self.where:
            if "-" not in thing.rpartition("/")[2]:
                return None
            thing = thing.rpartition("-")[0]
        places = self.where[thing]
        return places.get(key, places[""])


def read_records(root: Path) -> Reading:
    """Read the `data` folder of a project. Mistakes are values here, never exceptions."""
    defs = Definitions()
    shared = _read_shared(root, defs)
    sources = _read_sources(root, defs)
    sections = _read_sections(root, defs, {source.source for source in sources})
    defs.problems += _unexpected_files(root)
    defs.problems += unresolved(defs)
    broken = {problem.file for problem in defs.problems}
    works = {source.source: source for source in sources}
    clean = {
        file: section
        for file, section in sections.items()
        if file not in broken and section.source in works
    }
    completed = completion.complete(clean, works, defs.classes)
    return Reading(
        shared,
        tuple(sources),
        completed,
        tuple(sorted(defs.problems)),
        defs.classes,
        defs.where,
        frozenset(defs.assumed),
    )


# --- files --------------------------------------------------------------------------------------


def _read_shared(root: Path, defs: Definitions) -> model.Shared:
    """Read agents/ and hubs/."""
    found: dict[str, dict[str, Any]] = {}
    for name, (room, kind, class_name, iri_folder) in _SHARED.items():
        path = root / "data" / room / f"{name}.yaml"
        if not path.exists():
            continue
        file, node = _document(root, path, defs)
        if node is None:
            defs.unread.add(iri_folder)
            continue
        decoder = Decoder(file)
        read: dict[str, Any] = {}
        for key, value in node.value:
            slug = _slug_of(key, class_name, decoder)
            outlet = value_of(value, "outlet") == "true"
            named = "MediaOutlet" if outlet else class_name
            defs.define(f"{iri_folder}/{slug}", named, file, value, slug)
            entry = decoder.decode(value, kind, slug)
            if entry is not BROKEN:
                read[slug] = entry
        defs.problems += decoder.problems
        found[name] = read
    return model.Shared(**found)


def _slug_of(key: yaml.ScalarNode, class_name: str, decoder: Decoder) -> str:
    """Read the name of a shared thing; curators have numbers."""
    if class_name == "Curator" and not re.fullmatch(r"[1-9][0-9]*", key.value, re.ASCII):
        decoder.note(key, key.value, f'"{key.value}": a curator is a number such as 1')
    else:
        decoder.decode(key, model.Slug, key.value)
    return str(key.value)


def _read_sources(root: Path, defs: Definitions) -> list[model.Source]:
    """Read sources/: one source work a file, named like it."""
    found = []
    for path in sorted((root / "data" / "sources").glob("*.yaml")):
        file, node = _document(root, path, defs)
        name = path.stem
        if node is None:
            defs.unread |= {"source", name}
            continue
        decoder = Decoder(file)
        defs.define(f"source/{name}", "SourceWork", file, node, "")
        _check_source(node, name, decoder)
        source = decoder.decode(node, model.Source, "")
        defs.problems += decoder.problems
        defs.references += [(name, reference) for reference in decoder.references]
        for kind, letter in (("texts", "t"), ("copies", "copy")):
            for key, value, path_of in entries(node, kind):
                defs.locate(f"{name}/{letter}-{key.value}", file, value, path_of)
        if source is not BROKEN:
            found.append(source)
    return found


def _check_source(node: yaml.MappingNode, name: str, decoder: Decoder) -> None:
    given = value_of(node, "source")
    if given is not None and given != name:
        decoder.note(node, "source", f'"{given}" is not the name of the file ({name})')
    if name in RESERVED:
        decoder.note(node, "source", f'"{name}" is the name of a folder; choose another')
    texts = {key.value for key, _, _ in entries(node, "texts")}
    for key, value, path in entries(node, "copies"):
        text = value_of(value, "text")
        if text is not None and text not in texts:
            decoder.note(value, f"{path}.text", f'"{key.value}" copies text "{text}", not in texts')


def _read_sections(root: Path, defs: Definitions, known: set[str]) -> dict[str, model.Section]:
    """Read records/<source>/: one section a file."""
    found = {}
    sections: dict[tuple[str, str], str] = {}
    for path in sorted((root / "data" / "records").glob("*/*.yaml")):
        file, node = _document(root, path, defs)
        source = path.parent.name
        if node is None:
            defs.unread.add(source)
            continue
        decoder = Decoder(file, value_of(node, "text") or "en")
        section = decoder.decode(node, model.Section, "")
        define_locals(node, source, file, defs)
        _check_section(node, path, decoder, known | defs.unread)
        name = value_of(node, "section") or ""
        other = sections.setdefault((source, name), file)
        if other != file:
            decoder.note(node, "section", f'section "{name}" stands in {other} too')
        numbers = number_relations(node, source, file, defs)
        defs.problems += decoder.problems
        defs.references += [(source, reference) for reference in decoder.references]
        if section is not BROKEN:
            pairs = zip(section.relations, numbers, strict=True)
            relations = tuple(replace(relation, number=number) for relation, number in pairs)
            found[file] = replace(section, relations=relations)
    return found


def _check_section(node: yaml.MappingNode, path: Path, decoder: Decoder, known: set[str]) -> None:
    """Check what one file says against its own name and passages."""
    source, folder = value_of(node, "source"), path.parent.name
    if source is not None and source != folder:
        decoder.note(node, "source", f'"{source}" is not the name of the folder ({folder})')
    elif folder not in known:
        decoder.note(node, "source", f"data/sources/{folder}.yaml is missing or has mistakes")
    section = value_of(node, "section") or ""
    if section and not path.stem.startswith(f"{section}-"):
        decoder.note(node, "section", f"name the file {section}-<slug>.yaml, or mend the section")
    names = {key.value for key, _, _ in entries(node, "passages")}
    for _, claim, where in items(node, "claims"):
        identity = value_of(claim, "id")
        if identity and not identity.startswith(f"{section}-"):
            decoder.note(claim, f"{where}.id", f'"{identity}" does not begin with "{section}-"')
        for at, at_path in passages_of(claim, where):
            _check_passage(at, at_path, names, decoder)
    for _, value, where in entries(node, "passages"):
        _check_passage(value, where, set(), decoder)


def _check_passage(node: yaml.Node, path: str, names: set[str], decoder: Decoder) -> None:
    if isinstance(node, yaml.ScalarNode):
        if node.value not in names:
            hint = did_you_mean(node.value, names)
            decoder.note(node, path, f'unknown passage "{node.value}"{hint}')
    elif isinstance(node, yaml.SequenceNode):
        numbers = [item.value for item in node.value[:2]]
        if all(str(number).isdecimal() for number in numbers) and int(numbers[0]) >= int(
            numbers[1]
        ):
            decoder.note(node, path, f"start {numbers[0]} is not before end {numbers[1]}")


def _unexpected_files(root: Path) -> Iterator[Problem]:
    """Name every file of the data folder that nobody reads."""
    data = root / "data"
    known = {data / room / f"{name}.yaml" for name, (room, *_) in _SHARED.items()}
    known |= {data / "expectations.yaml", *data.glob("sources/*.yaml")}
    known |= set(data.glob("records/*/*.yaml"))
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        if path not in known:
            message = "no place for this file in data/; see the folders of the record format"
            yield Problem(path.relative_to(root).as_posix(), 0, 0, "", message)


def _document(root: Path, path: Path, defs: Definitions) -> tuple[str, yaml.MappingNode | None]:
    file = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        defs.problems.append(Problem(file, 0, 0, "", f"cannot be read: {error.strerror}"))
        return file, None
    node, problems = read_document(file, data)
    defs.problems += problems
    return file, node
