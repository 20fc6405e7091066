"""Say the model in RDF: pure functions from one record to its quads.

The same record gives the same quads, whatever else is read: every IRI is minted from ids, there
are no blank nodes and no times of writing. The graph of a quad follows from its subject.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

import pyoxigraph as ox

from hostagegraph import dates, model
from hostagegraph import vocabulary as v
from hostagegraph.completion import situations_of

Object = ox.NamedNode | ox.Literal
Said = tuple[str, str, Object]

ONTOLOGY_VERSION: Final = "0.1.0"
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_NOT_PROPERTIES: Final = frozenset({"slug", "label", "when"})


def shared_quads(shared: model.Shared, base: str = v.DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Say what all sources share: agents, offices, hubs, places, curators."""
    iris = v.Iris(base)
    rooms: Mapping[str, tuple[str, str]] = {
        "people": ("agent", "Person"),
        "institutions": ("agent", "Institution"),
        "groups": ("agent", "Group"),
        "offices": ("office", "Office"),
        "mandates": ("mandate", "Mandate"),
        "proposals": ("proposal", "Proposal"),
        "clusters": ("cluster", "EventCluster"),
        "places": ("place", "Place"),
    }
    said: list[Said] = []
    for field, (folder, kind) in rooms.items():
        for slug, entry in getattr(shared, field).items():
            outlet = getattr(entry, "outlet", "false") == "true"
            subject = iris.thing(folder, slug)
            said += _typed(iris, subject, "MediaOutlet" if outlet else kind)
            said += _described(subject, entry)
    for number, curator in shared.curators.items():
        subject = iris.thing("curator", number)
        said.append((subject, v.RDF_TYPE, ox.NamedNode(v.PROV_AGENT)))
        said += _words(subject, v.RDFS_LABEL, curator.label)
    return _quads(iris, said)


def source_quads(source: model.Source, base: str = v.DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Say a source work, its texts and its copies."""
    iris = v.Iris(base)
    return _quads(iris, [*_work(iris, source), *_texts(iris, source), *_copies(iris, source)])


def section_quads(
    section: model.Section, source: model.Source, base: str = v.DEFAULT_BASE
) -> Iterator[ox.Quad]:
    """Say one completed section: its personas, items, claims with their chains, and relations."""
    iris = v.Iris(base)
    said: list[Said] = []
    for slug, unnamed in section.unnamed.items():
        said += _unnamed(iris, section, slug, unnamed)
    for slug, item in section.info.items():
        said += _information(iris, section, slug, item)
    for claim in section.claims:
        if isinstance(claim, model.Withdrawn):
            said += _tombstone(iris, section, claim)
        else:
            said += _claim(iris, section, source, claim)
    for relation in section.relations:
        said += _relation(iris, section, relation)
    return _quads(iris, said)


def stub_quads(classes: Iterable[tuple[str, str]], base: str = v.DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Say of things, given by the path under `id/`, no more than their classes."""
    iris = v.Iris(base)
    for thing, kind in classes:
        if kind in v.CLASSES:
            subject = f"{base}id/{thing}"
            yield from _quads(iris, _typed(iris, subject, kind))


def ontology_quads(quads: Iterable[ox.Quad], base: str = v.DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Place the ontology's own triples in its graph, under the base of the build."""
    graph = ox.NamedNode(v.Iris(base).graph("ontology"))
    for quad in quads:
        yield ox.Quad(
            _rebased(quad.subject, base),
            _rebased(quad.predicate, base),
            _rebased(quad.object, base),
            graph,
        )


# --- sources ------------------------------------------------------------------------------------


def _work(iris: v.Iris, source: model.Source) -> Iterator[Said]:
    work = iris.source(source.source)
    yield from _typed(iris, work, "SourceWork")
    yield from _words(work, v.RDFS_LABEL, source.label)
    yield work, v.DCTERMS_PUBLISHER, _thing(iris, source.source, source.publisher, "agent")
    yield work, v.DCTERMS_ISSUED, _day(source.issued)
    version = f"{iris.ontology}/{ONTOLOGY_VERSION}"
    yield work, v.DCTERMS_CONFORMS_TO, ox.NamedNode(version)
    if source.title:
        language = source.language or "en"
        yield work, v.DCTERMS_TITLE, ox.Literal(source.title, language=language)
    for author in source.author:
        yield work, v.DCTERMS_CREATOR, ox.Literal(author)
    if source.language:
        yield work, v.DCTERMS_LANGUAGE, ox.Literal(source.language)
    if source.url:
        yield work, v.SCHEMA_URL, ox.NamedNode(source.url)
    if source.licence:
        yield work, v.DCTERMS_LICENSE, ox.NamedNode(source.licence)


def _texts(iris: v.Iris, source: model.Source) -> Iterator[Said]:
    for language, text in source.texts.items():
        subject = iris.local(source.source, f"t-{language.lower()}")
        yield from _typed(iris, subject, "SourceText")
        yield subject, iris.term("textOf"), ox.NamedNode(iris.source(source.source))
        yield subject, iris.term("digest"), ox.Literal(text.sha256)
        yield subject, iris.term("normalisation"), ox.NamedNode(iris.term(f"norm{text.norm}"))
        yield subject, v.DCTERMS_LANGUAGE, ox.Literal(language)


def _copies(iris: v.Iris, source: model.Source) -> Iterator[Said]:
    for slug, copy in source.copies.items():
        subject = iris.local(source.source, f"copy-{slug}")
        text = iris.local(source.source, f"t-{copy.text.lower()}")
        yield from _typed(iris, subject, "SourceCopy")
        yield subject, iris.term("copyOf"), ox.NamedNode(text)
        if copy.publisher:
            yield subject, v.DCTERMS_PUBLISHER, ox.Literal(copy.publisher)
        if copy.url:
            yield subject, v.SCHEMA_URL, ox.NamedNode(copy.url)
        if copy.licence:
            yield subject, v.DCTERMS_LICENSE, ox.NamedNode(copy.licence)
        if copy.retrieved:
            yield subject, v.PAV_RETRIEVED_ON, _day(copy.retrieved)


# --- what a section tells of --------------------------------------------------------------------


def _unnamed(
    iris: v.Iris, section: model.Section, slug: str, unnamed: model.Unnamed
) -> Iterator[Said]:
    subject = iris.local(section.source, f"u-{slug}")
    yield from _typed(iris, subject, unnamed.type)
    yield from _words(subject, iris.term("descriptor"), unnamed.descriptor)
    yield subject, iris.term("plurality"), ox.NamedNode(iris.term(unnamed.plurality))
    yield subject, iris.term("presentedIn"), ox.NamedNode(iris.source(section.source))
    for body in unnamed.affiliation:
        affiliation = iris.term("describedAffiliation")
        yield subject, affiliation, _thing(iris, section.source, body, "agent")
    if unnamed.pseudonym:
        yield subject, iris.term("pseudonym"), ox.Literal(unnamed.pseudonym)


def _information(
    iris: v.Iris, section: model.Section, slug: str, item: model.Information
) -> Iterator[Said]:
    subject = iris.local(section.source, f"i-{slug}")
    yield from _typed(iris, subject, "InformationItem")
    yield from _words(subject, v.RDFS_LABEL, item.label)
    if item.classification:
        yield subject, iris.term("classification"), ox.NamedNode(iris.term(item.classification))


def _situation(iris: v.Iris, source: str, situation: model.AnySituation) -> Iterator[Said]:
    """Say a situation: each field is the property of the same name."""
    subject = iris.local(source, f"s-{situation.slug}")
    kind: Any = type(situation)
    yield from _typed(iris, subject, kind.__name__)
    yield from _words(subject, v.RDFS_LABEL, situation.label)
    if isinstance(situation, model.Dated) and situation.when is not None:
        yield from _date(iris, subject, situation.when)
    for name, meaning in _meanings(kind).items():
        value = getattr(situation, name)
        several = value if isinstance(value, tuple) else (value,)
        for item in several:
            if item is not None:
                yield from _field(iris, source, (subject, name), item, meaning)


def _field(
    iris: v.Iris, source: str, place: tuple[str, str], item: Any, meaning: Any
) -> Iterator[Said]:
    """Say one value of a situation's field, as the annotation of the field means it."""
    subject, predicate = place[0], iris.term(place[1])
    if isinstance(item, model.Words):
        yield from _words(subject, predicate, item)
    elif isinstance(item, model.Situation):
        yield subject, predicate, ox.NamedNode(iris.local(source, f"s-{item.slug}"))
    elif isinstance(meaning, model.Range):
        yield subject, predicate, _thing(iris, source, item, meaning.folder)
    elif meaning is Literal:
        yield subject, predicate, ox.NamedNode(iris.term(item))
    else:
        sort = meaning.sort if isinstance(meaning, model.Form) else "text"
        datatype = {"count": v.XSD_NON_NEGATIVE_INTEGER, "decimal": v.XSD_DECIMAL}.get(sort)
        yield subject, predicate, _literal(item, datatype)


# --- claims -------------------------------------------------------------------------------------


def _claim(
    iris: v.Iris, section: model.Section, source: model.Source, claim: model.Claim
) -> Iterator[Said]:
    name = f"c{claim.id}"
    subject = iris.local(section.source, name)
    content = claim.content
    reference = content if isinstance(content, str) else f"s/{content.slug}"
    yield from _typed(iris, subject, "Claim")
    yield subject, iris.term("inSource"), ox.NamedNode(iris.source(section.source))
    yield subject, iris.term("content"), _thing(iris, section.source, reference)
    yield subject, iris.term("polarity"), ox.NamedNode(iris.term(claim.polarity))
    yield subject, iris.term("claimKind"), ox.NamedNode(iris.term(claim.kind or "ofFact"))
    yield subject, iris.term("reviewStatus"), ox.NamedNode(iris.term(claim.review))
    yield from _words(subject, iris.term("gist"), claim.gist)
    for about in claim.about:
        yield subject, iris.term("about"), _thing(iris, section.source, about)
    if claim.reviewed_by:
        reader = _thing(iris, section.source, claim.reviewed_by)
        yield subject, iris.term("reviewedBy"), reader
    if claim.note:
        yield subject, v.SKOS_CHANGE_NOTE, ox.Literal(claim.note, language="en")
    for situation in situations_of(claim):
        yield from _situation(iris, section.source, situation)
    yield from _allegations(iris, section.source, claim)
    chains = [(claim.at, claim.own, claim.says)]
    chains += [(denial.at, denial.own, denial.says) for denial in claim.denied]
    for letter, chain in zip(v.CHAINS, chains, strict=False):
        yield from _chain(iris, (section, source), f"{name}-{letter}", chain)


def _allegations(iris: v.Iris, source: str, claim: model.Claim) -> Iterator[Said]:
    subject = iris.local(source, f"c{claim.id}")
    for number, accusation in enumerate(claim.against, start=1):
        allegation = iris.local(source, f"c{claim.id}-g{number}")
        agent = _thing(iris, source, accusation.who, "agent")
        yield from _typed(iris, allegation, "Allegation")
        yield subject, iris.term("allegation"), ox.NamedNode(allegation)
        yield subject, iris.term("allegationAgainst"), agent
        yield allegation, iris.term("against"), agent
        yield allegation, iris.term("replyStatus"), ox.NamedNode(iris.term(accusation.reply))


def _chain(
    iris: v.Iris,
    home: tuple[model.Section, model.Source],
    name: str,
    chain: tuple[tuple[Any, ...], model.OuterLink | None, tuple[model.Link, ...]],
) -> Iterator[Said]:
    """Say one chain of attributions, outermost first: the outlet, then each voice it passes on."""
    section, source = home
    at, own, says = chain
    own = own or model.OuterLink()
    outer = model.Link(
        who=source.publisher,
        stance=own.stance,
        form=own.form or "ownVoice",
        certainty=own.certainty,
        when=source.issued,
        basis="stated",
    )
    links = (outer, *says)
    for number, link in enumerate(links, start=1):
        inner = number < len(links)
        subject = iris.local(section.source, f"{name}{number}")
        yield from _typed(iris, subject, "Attribution" if inner else "OriginAttribution")
        yield from _link(iris, section.source, subject, link)
        claim = iris.local(section.source, name.rpartition("-")[0])
        yield subject, iris.term("ofClaim"), ox.NamedNode(claim)
        yield claim, iris.term("attribution"), ox.NamedNode(subject)
        if inner:
            following = iris.local(section.source, f"{name}{number + 1}")
            yield subject, iris.term("relays"), ox.NamedNode(following)
        if link.in_:
            statement = _thing(iris, section.source, link.in_)
            yield subject, iris.term("madeIn"), statement
            yield statement.value, iris.term("conveys"), ox.NamedNode(claim)
    first = iris.local(section.source, f"{name}1")
    for passage in at:
        yield from _passage(iris, section, first, passage)


def _link(iris: v.Iris, source: str, subject: str, link: model.Link) -> Iterator[Said]:
    yield subject, iris.term("assertor"), _thing(iris, source, link.who, "agent")
    yield subject, iris.term("stance"), ox.NamedNode(iris.term(link.stance or "asserts"))
    yield subject, iris.term("form"), ox.NamedNode(iris.term(link.form))
    if link.certainty:
        yield subject, iris.term("certainty"), ox.NamedNode(iris.term(link.certainty))
    if link.when:
        yield from _date(iris, subject, link.when)
        yield subject, iris.term("dateBasis"), ox.NamedNode(iris.term(link.basis or "stated"))


def _passage(
    iris: v.Iris, section: model.Section, link: str, passage: model.Anchor | model.Locator
) -> Iterator[Said]:
    if isinstance(passage, model.Locator):
        subject = iris.local(section.source, f"p-{passage.name}")
        yield subject, iris.term("locator"), ox.Literal(passage.locator)
    else:
        language = section.text.lower()
        place = f"{passage.start}-{passage.end}"
        name = f"p-{place}" if language == "en" else f"p-{language}-{place}"
        subject = iris.local(section.source, name)
        position, digest = f"{subject}-pos", f"{subject}-digest"
        text = iris.local(section.source, f"t-{language}")
        yield subject, v.OA_HAS_SOURCE, ox.NamedNode(text)
        yield subject, v.OA_HAS_SELECTOR, ox.NamedNode(position)
        yield subject, v.OA_HAS_SELECTOR, ox.NamedNode(digest)
        yield position, v.RDF_TYPE, ox.NamedNode(v.OA_TEXT_POSITION_SELECTOR)
        yield position, v.OA_START, _literal(passage.start, v.XSD_NON_NEGATIVE_INTEGER)
        yield position, v.OA_END, _literal(passage.end, v.XSD_NON_NEGATIVE_INTEGER)
        yield from _typed(iris, digest, "DigestSelector")
        yield digest, iris.term("digest"), ox.Literal(passage.digest)
    yield link, iris.term("reportedIn"), ox.NamedNode(subject)
    yield from _typed(iris, subject, "Passage")
    yield subject, iris.term("passageOf"), ox.NamedNode(iris.source(section.source))


def _tombstone(iris: v.Iris, section: model.Section, claim: model.Withdrawn) -> Iterator[Said]:
    subject = iris.local(section.source, f"c{claim.id}")
    yield subject, v.RDF_TYPE, ox.NamedNode(v.PROV_ENTITY)
    yield subject, iris.term("reviewStatus"), ox.NamedNode(iris.term("withdrawn"))
    yield subject, v.PROV_INVALIDATED_AT_TIME, _day(claim.withdrawn)
    yield subject, v.SKOS_CHANGE_NOTE, ox.Literal(claim.note, language="en")


def _relation(iris: v.Iris, section: model.Section, relation: model.Relation) -> Iterator[Said]:
    begin = _thing(iris, section.source, relation.from_)
    subject = f"{begin.value}-r{relation.number}"
    yield from _typed(iris, subject, "ClaimRelation")
    yield subject, iris.term("fromClaim"), begin
    yield subject, iris.term("toClaim"), _thing(iris, section.source, relation.to)
    yield subject, iris.term("relationType"), ox.NamedNode(iris.term(relation.type))
    yield subject, iris.term("judgedBy"), _thing(iris, section.source, relation.judge, "agent")


# --- terms --------------------------------------------------------------------------------------


def _quads(iris: v.Iris, said: Iterable[Said]) -> Iterator[ox.Quad]:
    """Place each triple in the graph of its subject."""
    for subject, predicate, item in said:
        graph = ox.NamedNode(iris.graph_of(subject))
        yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), item, graph)


def _typed(iris: v.Iris, subject: str, kind: str) -> Iterator[Said]:
    """Type a subject with a class and all its superclasses: nobody has to reason."""
    for name in (kind, *v.CLASSES[kind]):
        yield subject, v.RDF_TYPE, ox.NamedNode(iris.term(name))


def _described(subject: str, entry: Any) -> Iterator[Said]:
    """Say the label, other labels, note and Wikidata item of a shared thing."""
    yield from _words(subject, v.RDFS_LABEL, entry.label)
    yield from _words(subject, v.SKOS_ALT_LABEL, entry.altLabel)
    yield from _words(subject, v.SKOS_NOTE, getattr(entry, "note", None))
    if wikidata := getattr(entry, "wikidata", None):
        yield subject, v.OWL_SAME_AS, ox.NamedNode(_WIKIDATA + wikidata)


def _words(subject: str, predicate: str, words: model.Words | None) -> Iterator[Said]:
    for language, text in words.by_language if words else ():
        yield subject, predicate, ox.Literal(text, language=language)


def _date(iris: v.Iris, subject: str, when: str) -> Iterator[Said]:
    """Say a date as the source gives it, and the bounds that queries compare."""
    bounds = dates.bounds_of(when)
    yield subject, iris.term("when"), _literal(when, v.EDTF)
    named: Mapping[str, date | None] = {
        "startMin": bounds.start_min,
        "startMax": bounds.start_max,
        "endMin": bounds.end_min,
        "endMax": bounds.end_max,
    }
    for name, day in named.items():
        if day is not None:
            yield subject, iris.term(name), _day(day.isoformat())


def _thing(iris: v.Iris, source: str, reference: str, folder: str = "") -> ox.NamedNode:
    return ox.NamedNode(f"{iris.base}id/{model.thing_of(source, reference, folder)}")


def _day(text: str) -> ox.Literal:
    return _literal(text, v.XSD_DATE)


def _literal(text: str, datatype: str | None) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text)


def _rebased(term: Any, base: str) -> Any:
    """Move a term of the default base to another base; leave all other terms alone."""
    if isinstance(term, ox.NamedNode):
        return ox.NamedNode(v.rebased(term.value, base))
    if isinstance(term, ox.Literal) and term.datatype.value == v.XSD_STRING:
        return ox.Literal(v.rebased(term.value, base))
    return term


@cache
def _meanings(kind: Any) -> Mapping[str, Any]:
    """Give what the annotation means of each field of a situation class that is a property."""
    hints = get_type_hints(kind, include_extras=True)
    names = [field.name for field in fields(kind) if field.name not in _NOT_PROPERTIES]
    return {name: _meaning(hints[name]) for name in names}


def _meaning(hint: Any) -> Any:
    """Find the Range, Form or Literal inside a hint; None where it is plain text."""
    if get_origin(hint) is Annotated:
        return get_args(hint)[1]
    if get_origin(hint) is Literal:
        return Literal
    inner = (_meaning(part) for part in get_args(hint))
    return next((meaning for meaning in inner if meaning is not None), None)
