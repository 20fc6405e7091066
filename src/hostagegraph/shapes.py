"""Read the shapes and graph-wide checks of a folder; refuse broken ones before any data."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from hostagegraph.errors import HeadError, ShapesError
from hostagegraph.head import HeadedText, read_head
from hostagegraph.store import syntax_error
from hostagegraph.vocabulary import (
    CLASSES,
    CODED,
    DEFAULT_BASE,
    PROPERTIES,
    SCHEMES,
    rebased,
)

SH: Final = "http://www.w3.org/ns/shacl#"

# What the shapes may use: SHACL core without the parts that other validators read differently.
_PARAMETERS: Final = frozenset(
    {
        *("class", "datatype", "nodeKind"),
        *("minCount", "maxCount", "minInclusive", "hasValue", "in", "uniqueLang", "languageIn"),
        *("minLength", "maxLength", "pattern", "flags"),
        *("disjoint", "equals", "lessThan", "lessThanOrEquals"),
        *("and", "not", "or", "xone", "node", "closed", "ignoredProperties"),
        *("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"),
    }
)
_STRUCTURE: Final = frozenset(
    {
        *("property", "path", "inversePath", "alternativePath", "message", "severity"),
        *("targetClass", "targetSubjectsOf"),  # who is the object of what, a record cannot know
    }
)
_FORBIDDEN: Final = re.compile(r"\b(VALUES|MINUS|SERVICE|GRAPH|FROM)\b", re.IGNORECASE)
_ASIDE: Final = re.compile(r"""<[^<>"{}|^`\s]*>|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*""")
_PREFIX: Final = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>\s*$", re.IGNORECASE | re.MULTILINE)
_RULE: Final = re.compile(r"(?:E(?:[1-9]|1[0-7])|S[1-3])")
_MESSAGE: Final = re.compile(rf"{_RULE.pattern}: .+")
_NEEDED: Final = ("severity", "rule", "message", "target")
_LEVELS: Final = ("Violation", "Warning")
_THIS: Final = re.compile(r"[$?]this\b")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule on the whole graph: a SELECT that gives one row for each `$this` that breaks it.

    `whole` marks a rule that looks for what stands nowhere: over a part of the graph it would
    blame what the other part mends.
    """

    name: str
    iri: str
    rule: str
    severity: str
    release: str
    message: str
    query: str
    whole: bool
    target_classes: tuple[str, ...]
    target_subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes as N-Triples and the checks, both under one base; `digest` names them.

    `inverse` holds the properties that a shape follows backwards.
    """

    base: str
    checks: tuple[Check, ...]
    digest: str
    inverse: frozenset[str]
    triples: bytes = field(repr=False)

    @classmethod
    def load(cls, folder: Path, base: str = DEFAULT_BASE) -> "Shapes":
        """Read `*.ttl` and `checks/*.rq` of a folder.

        Raises ShapesError, one line `file:line: …` for each mistake.
        """
        paths = sorted(folder.glob("*.ttl")) + sorted(folder.glob("checks/*.rq"))
        texts = {p.relative_to(folder.parent).as_posix(): p.read_text("utf-8") for p in paths}
        return cls.of_texts(texts, base)

    @classmethod
    def of_texts(cls, texts: Mapping[str, str], base: str = DEFAULT_BASE) -> "Shapes":
        """Read shapes and checks from texts by file name. Raises ShapesError as `load` does."""
        problems: list[str] = []
        shapes = [_read_shapes(n, t, problems) for n, t in texts.items() if n.endswith(".ttl")]
        triples = [triple for file in shapes for triple in file]
        problems += _undefined(texts, triples)
        checks = [_read_check(n, t, base, problems) for n, t in texts.items() if n.endswith(".rq")]
        if problems:
            raise ShapesError("\n".join(problems))
        ours = rebased((ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode(), base)
        return cls(
            base=base,
            checks=tuple(check for check in checks if check is not None),
            digest=_digest([base, *(part for pair in sorted(texts.items()) for part in pair)]),
            inverse=frozenset(
                rebased(triple.object.value, base)
                for triple in triples
                if triple.predicate.value == f"{SH}inversePath"
                and isinstance(triple.object, ox.NamedNode)
            ),
            triples=ours.encode(),
        )


def coded_values_turtle() -> str:
    """Write the shapes that hold each coded property to the values of its schemes (rule S1)."""
    lines = [
        "# Coded values come from their scheme. Generated from vocabulary.py by",
        "# hostagegraph.shapes.coded_values_turtle; a test compares.",
        f"@prefix hg: <{DEFAULT_BASE}ns#> .",
        f"@prefix hgs: <{DEFAULT_BASE}shapes#> .",
        f"@prefix sh: <{SH}> .",
    ]
    for name, schemes in CODED.items():
        values = [f"hg:{value}" for scheme in schemes for value in SCHEMES[scheme]]
        lines += [
            "",
            f"hgs:Value-{name} a sh:PropertyShape ;",
            f"    sh:targetSubjectsOf hg:{name} ; sh:path hg:{name} ;",
            f"    sh:in ( {' '.join(values)} ) ;",
            f'    sh:message "S1: take the value of hg:{name} from {", ".join(values)}" .',
        ]
    return "\n".join(lines) + "\n"


def shacl_sparql(shapes: Shapes) -> str:
    """Write the checks as SHACL-SPARQL constraints in Turtle, for other validators."""
    prefixes: dict[str, str] = {}
    blocks = []
    for check in shapes.checks:
        prefixes |= dict(_PREFIX.findall(check.query))
        blocks.append(_constraint(check))
    declared = [
        f'    sh:declare [ sh:prefix "{name}" ; sh:namespace "{iri}"^^xsd:anyURI ]'
        for name, iri in sorted(prefixes.items())
    ]
    head = [
        "# The graph-wide checks as SHACL-SPARQL constraints, generated from shapes/checks/*.rq.",
        f"@prefix sh: <{SH}> .",
        f"@prefix hgs: <{shapes.base}shapes#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        f"<{shapes.base}shapes>\n" + " ;\n".join(declared) + " .",
    ]
    return "\n".join([*head, *blocks]) + "\n"


# --- shapes -------------------------------------------------------------------------------------


def _read_shapes(name: str, text: str, problems: list[str]) -> list[ox.Triple]:
    try:
        triples = [quad.triple for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        problems.append(f"{name}:{error.lineno or 1}: {error.msg}")
        return []
    for number, line in enumerate(text.split("\n"), start=1):
        if "^^xsd:string" in line:
            problems.append(f'{name}:{number}: write "…" in place of "…"^^xsd:string')
    for subject, term in _foreign_terms(triples):
        place = f"{name}:{_line_of(text, subject or term)}"
        problems.append(f"{place}: {term} is no term that a shape may use")
    for subject in _without_message(triples):
        place = f"{name}:{_line_of(text, subject)}"
        problems.append(f'{place}: give {subject} an sh:message such as "E2: what to do"')
    return triples


def _foreign_terms(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Find misspelt SHACL and ontology terms: a validator passes over them in silence."""
    ontology = f"{DEFAULT_BASE}ns#"
    known = PROPERTIES.union(CLASSES, *SCHEMES.values())
    for triple in triples:
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
        predicate = triple.predicate.value
        if predicate.startswith(SH) and predicate.removeprefix(SH) not in _PARAMETERS | _STRUCTURE:
            yield subject, predicate
        item = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
        if item.startswith(ontology) and item.removeprefix(ontology) not in known:
            yield subject, item


def _without_message(triples: Iterable[ox.Triple]) -> list[str]:
    """Find the shapes that can fail and do not say what to do, with the rule in front."""
    failing: dict[str, bool] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            term = triple.predicate.value.removeprefix(SH)
            said = term == "message" and _MESSAGE.fullmatch(_text(triple.object)) is not None
            if term in _PARAMETERS or said:
                failing[triple.subject.value] = failing.get(triple.subject.value, False) or said
    return sorted(subject for subject, said in failing.items() if not said)


def _undefined(texts: Mapping[str, str], triples: list[ox.Triple]) -> Iterator[str]:
    """Find property shapes that are used and defined nowhere."""
    defined = {t.subject for t in triples if t.predicate.value == f"{SH}path"}
    for triple in triples:
        if triple.predicate.value != f"{SH}property" or triple.object in defined:
            continue
        shape = _text(triple.object)
        local = shape.rpartition("#")[2]
        for name, text in texts.items():
            if f"hgs:{local} " in text:
                yield f"{name}:{_line_of(text, shape)}: {shape} has no sh:path"


def _line_of(text: str, iri: str) -> int:
    """Find the line on which a shape begins, or a term first occurs."""
    local = re.escape(iri.rpartition("#")[2])
    found = re.search(rf"^\w*:{local}\s", text, re.MULTILINE) or re.search(rf":{local}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


# --- checks -------------------------------------------------------------------------------------


def _read_check(name: str, text: str, base: str, problems: list[str]) -> Check | None:
    try:
        headed = read_head(text)
    except HeadError as error:
        problems.append(f"{name}:{error.line}: {error}")
        return None
    before = len(problems)
    problems += (f"{name}:{line}: {what}" for line, what in _head_problems(headed))
    problems += (f"{name}:{line}: {what}" for line, what in _query_problems(text))
    if len(problems) > before:
        return None
    stem, head = Path(name).stem, headed.head
    return Check(
        name=stem,
        iri=f"{base}shapes#check-{stem}",
        rule=head["rule"],
        severity=head["severity"],
        release=head.get("release", head["severity"]),
        message=head["message"],
        query=rebased(text, base),
        whole=head.get("whole", False),
        target_classes=_targets(headed, "class", base),
        target_subjects=_targets(headed, "subjects_of", base),
    )


def _head_problems(headed: HeadedText) -> Iterator[tuple[int, str]]:
    head, lines = headed.head, headed.lines
    for key in _NEEDED:
        if key not in head:
            yield 1, f"the head needs `#+ {key}: …`"
    for key, line in lines.items():
        if key not in (*_NEEDED, "release", "whole"):
            yield line, f"{key}: no key of a check; expected {', '.join(_NEEDED)}, release or whole"
        elif key == "whole" and not isinstance(head[key], bool):
            yield line, "whole: expected true or false"
        elif key in ("severity", "release") and head[key] not in _LEVELS:
            yield line, f"{key}: expected {' or '.join(_LEVELS)}"
        elif key == "rule" and not _RULE.fullmatch(str(head[key])):
            yield line, "rule: expected E1 to E17 or S1 to S3"
        elif key == "target" and not _has_target(headed):
            yield line, "target: expected {class: hg:…} or {subjects_of: [hg:…]}, prefixes declared"


def _has_target(headed: HeadedText) -> bool:
    try:
        return bool(_targets(headed, "class", "") + _targets(headed, "subjects_of", ""))
    except (KeyError, AttributeError, TypeError, ValueError):
        return False  # not a mapping of names whose prefixes the query declares


def _targets(headed: HeadedText, key: str, base: str) -> tuple[str, ...]:
    """Give the IRIs of a target, whose prefixes are those of the query."""
    prefixes = dict(_PREFIX.findall(headed.text))
    names = headed.head["target"].get(key, [])
    pairs = [name.split(":", 1) for name in ([names] if isinstance(names, str) else names)]
    iris = (prefixes[prefix] + local for prefix, local in pairs)
    return tuple(rebased(iri, base) if base else iri for iri in iris)


def _query_problems(text: str) -> Iterator[tuple[int, str]]:
    try:
        results = ox.Store().query(text, use_default_graph_as_union=True)
    except SyntaxError as error:
        wrong = syntax_error(error.msg)
        yield wrong.line or 1, str(wrong)
        return
    names = [v.value for v in results.variables] if isinstance(results, ox.QuerySolutions) else []
    if "this" not in names:
        yield 1, "a check is a SELECT that gives $this"
    bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    for found in _FORBIDDEN.finditer(bare):
        line = bare.count("\n", 0, found.start()) + 1
        yield line, f"{found[0]} is not allowed here: SHACL-SPARQL does not take it"
    for start in _unbound_groups(bare):
        line = bare.count("\n", 0, start) + 1
        yield line, "this branch has to bind $this by a triple pattern of its own"


def _unbound_groups(bare: str) -> Iterator[int]:
    """Find the groups that have to bind $this and do not: each UNION branch, else the whole."""
    opened: list[int] = []
    for place, sign in enumerate(bare):
        if sign == "{":
            opened.append(place)
        elif sign == "}":
            start = opened.pop()
            joined = re.search(r"\bUNION\s*$", bare[:start], re.IGNORECASE) or re.match(
                r"\s*UNION\b", bare[place + 1 :], re.IGNORECASE
            )
            alone = not opened and not re.search(r"\bUNION\b", bare, re.IGNORECASE)
            if (joined or alone) and not _THIS.search(_own_part(bare[start + 1 : place])):
                yield start


def _own_part(group: str) -> str:
    """Leave of a group what stands in no group, filter or expression inside it."""
    shorter = re.sub(r"\{[^{}]*\}|\([^()]*\)", " ", group)
    return shorter if shorter == group else _own_part(shorter)


def _constraint(check: Check) -> str:
    select = "\n".join(
        line
        for line in check.query.split("\n")
        if line and not line.startswith("#+") and not _PREFIX.match(line)
    )
    targets = [f"sh:targetClass <{iri}>" for iri in check.target_classes]
    targets += [f"sh:targetSubjectsOf <{iri}>" for iri in check.target_subjects]
    return "\n".join(
        [
            "",
            f"hgs:check-{check.name} a sh:NodeShape ;",
            *(f"    {target} ;" for target in targets),
            f"    sh:severity sh:{check.severity} ;",
            f"    sh:sparql hgs:check-{check.name}-select .",
            f"hgs:check-{check.name}-select a sh:SPARQLConstraint ;",
            f"    sh:message {_quoted(f'{check.rule}: {check.message}')} ;",
            f"    sh:prefixes <{check.iri.partition('#')[0]}> ;",
            f"    sh:select {_quoted(select)} .",
        ]
    )


def _quoted(text: str) -> str:
    return str(ox.Literal(text))


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _digest(parts: Iterable[str]) -> str:
    """Name texts together with the versions of the two libraries that read them."""
    versions = (f"{name} {version(name)}" for name in ("pyshacl", "rdflib"))
    return hashlib.sha256("\0".join([*parts, *versions]).encode()).hexdigest()
