"""Names in, IRIs out: the terms of the ontology, and the IRIs minted for the data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

DEFAULT_BASE: Final = "https://w3id.org/hostagegraph/"

# Terms of other vocabularies: in the data

_DCTERMS = "http://purl.org/dc/terms/"
_OA = "http://www.w3.org/ns/oa#"
_OWL = "http://www.w3.org/2002/07/owl#"
_PROV = "http://www.w3.org/ns/prov#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SH = "http://www.w3.org/ns/shacl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE: Final = _RDF + "type"
RDFS_LABEL: Final = _RDFS + "label"

DCTERMS_CONFORMS_TO: Final = _DCTERMS + "conformsTo"
DCTERMS_CREATOR: Final = _DCTERMS + "creator"
DCTERMS_ISSUED: Final = _DCTERMS + "issued"
DCTERMS_LANGUAGE: Final = _DCTERMS + "language"
DCTERMS_LICENSE: Final = _DCTERMS + "license"
DCTERMS_PUBLISHER: Final = _DCTERMS + "publisher"
DCTERMS_TITLE: Final = _DCTERMS + "title"
PAV_RETRIEVED_ON: Final = "http://purl.org/pav/retrievedOn"
SCHEMA_URL: Final = "https://schema.org/url"

OA_END: Final = _OA + "end"
OA_HAS_SELECTOR: Final = _OA + "hasSelector"
OA_HAS_SOURCE: Final = _OA + "hasSource"
OA_START: Final = _OA + "start"
OA_TEXT_POSITION_SELECTOR: Final = _OA + "TextPositionSelector"

OWL_SAME_AS: Final = _OWL + "sameAs"
OWL_VERSION_IRI: Final = _OWL + "versionIRI"

PROV_AGENT: Final = _PROV + "Agent"
PROV_ENTITY: Final = _PROV + "Entity"
PROV_INVALIDATED_AT_TIME: Final = _PROV + "invalidatedAtTime"

SKOS_ALT_LABEL: Final = _SKOS + "altLabel"
SKOS_CHANGE_NOTE: Final = _SKOS + "changeNote"
SKOS_NOTE: Final = _SKOS + "note"

EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
XSD_DATE: Final = XSD + "date"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_INTEGER: Final = XSD + "integer"
XSD_NON_NEGATIVE_INTEGER: Final = XSD + "nonNegativeInteger"
XSD_STRING: Final = XSD + "string"

# Terms of other vocabularies: in the catalogue of saved queries

DCAT_KEYWORD: Final = "http://www.w3.org/ns/dcat#keyword"
RDFS_COMMENT: Final = _RDFS + "comment"
SH_ASK: Final = _SH + "ask"
SH_CONSTRUCT: Final = _SH + "construct"
SH_SELECT: Final = _SH + "select"
SH_SPARQL_ASK_EXECUTABLE: Final = _SH + "SPARQLAskExecutable"
SH_SPARQL_CONSTRUCT_EXECUTABLE: Final = _SH + "SPARQLConstructExecutable"
SH_SPARQL_EXECUTABLE: Final = _SH + "SPARQLExecutable"
SH_SPARQL_SELECT_EXECUTABLE: Final = _SH + "SPARQLSelectExecutable"

# Terms of other vocabularies: in the ontology itself

DCTERMS_DESCRIPTION: Final = _DCTERMS + "description"
OWL_CLASS: Final = _OWL + "Class"
OWL_DATATYPE_PROPERTY: Final = _OWL + "DatatypeProperty"
OWL_IMPORTS: Final = _OWL + "imports"
OWL_INVERSE_OF: Final = _OWL + "inverseOf"
OWL_OBJECT_PROPERTY: Final = _OWL + "ObjectProperty"
OWL_ONTOLOGY: Final = _OWL + "Ontology"
OWL_VERSION_INFO: Final = _OWL + "versionInfo"
RDFS_DOMAIN: Final = _RDFS + "domain"
RDFS_IS_DEFINED_BY: Final = _RDFS + "isDefinedBy"
RDFS_RANGE: Final = _RDFS + "range"
RDFS_SEE_ALSO: Final = _RDFS + "seeAlso"
RDFS_SUB_CLASS_OF: Final = _RDFS + "subClassOf"
RDFS_SUB_PROPERTY_OF: Final = _RDFS + "subPropertyOf"
SKOS_CLOSE_MATCH: Final = _SKOS + "closeMatch"
SKOS_CONCEPT: Final = _SKOS + "Concept"
SKOS_CONCEPT_SCHEME: Final = _SKOS + "ConceptScheme"
SKOS_DEFINITION: Final = _SKOS + "definition"
SKOS_EDITORIAL_NOTE: Final = _SKOS + "editorialNote"
SKOS_EXAMPLE: Final = _SKOS + "example"
SKOS_HAS_TOP_CONCEPT: Final = _SKOS + "hasTopConcept"
SKOS_IN_SCHEME: Final = _SKOS + "inScheme"
SKOS_PREF_LABEL: Final = _SKOS + "prefLabel"
SKOS_RELATED_MATCH: Final = _SKOS + "relatedMatch"
SKOS_SCOPE_NOTE: Final = _SKOS + "scopeNote"
SKOS_TOP_CONCEPT_OF: Final = _SKOS + "topConceptOf"

# Own terms: a class with all its superclasses, nearest first

CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    # agents
    "Agent": (),
    "Person": ("Agent",),
    "Institution": ("Agent",),
    "MediaOutlet": ("Institution", "Agent"),
    "Group": ("Agent",),
    "UnnamedSource": ("Agent",),
    "AnonymousSource": ("UnnamedSource", "Agent"),
    "PseudonymousSource": ("UnnamedSource", "Agent"),
    "UnnamedCollective": ("UnnamedSource", "Agent"),
    "Office": (),
    "Place": (),
    # situations
    "ReportedSituation": (),
    "ReportedEvent": ("ReportedSituation",),
    "Meeting": ("ReportedEvent", "ReportedSituation"),
    "Travel": ("ReportedEvent", "ReportedSituation"),
    "Statement": ("ReportedEvent", "ReportedSituation"),
    "Leak": ("ReportedEvent", "ReportedSituation"),
    "Decision": ("ReportedEvent", "ReportedSituation"),
    "Instruction": ("ReportedEvent", "ReportedSituation"),
    "MandateEvent": ("ReportedEvent", "ReportedSituation"),
    "ProposalEvent": ("ReportedEvent", "ReportedSituation"),
    "Response": ("ReportedEvent", "ReportedSituation"),
    "Omission": ("ReportedEvent", "ReportedSituation"),
    "ReportedState": ("ReportedSituation",),
    "Tenure": ("ReportedState", "ReportedSituation"),
    "MandateState": ("ReportedState", "ReportedSituation"),
    "Quantity": ("ReportedState", "ReportedSituation"),
    "Interpretation": ("ReportedSituation",),
    "CausalLink": ("Interpretation", "ReportedSituation"),
    "MotiveAscription": ("Interpretation", "ReportedSituation"),
    "Characterisation": ("Interpretation", "ReportedSituation"),
    "Origination": ("Interpretation", "ReportedSituation"),
    # hubs
    "EventCluster": (),
    "Mandate": (),
    "Proposal": (),
    "InformationItem": (),
    # claims
    "Claim": (),
    "Allegation": (),
    "Attribution": (),
    "OriginAttribution": ("Attribution",),
    "ClaimRelation": (),
    # sources
    "SourceWork": (),
    "SourceText": (),
    "SourceCopy": (),
    "Passage": (),
    "DigestSelector": (),
}

_PROPERTIES = """
    content inSource polarity claimKind gist about reviewStatus reviewedBy
    allegation against replyStatus allegationAgainst
    attribution ofClaim assertor stance relays form certainty madeIn reportedIn
    fromClaim toClaim relationType judgedBy
    descriptor pseudonym describedAffiliation plurality presentedIn
    accountOf concerns
    participant actor recipient place happensAfter respondsTo reverses subtype memberCount
    completion
    publishedSpeaker attributionMode publishedVia conveys
    originatedStatement originator originationMode
    discloser information accuracy onwardOf classification
    outcome
    ofMandate changeType resultsIn issuer holder permits forbids mandateStatus precededBy
    ofProposal
    measures value valueMin valueMax unit
    cause effect causalRole
    ascribedTo motiveFor
    characterises valence
    person office memberOf
    when whenText dateBasis startMin startMax endMin endMax
    textOf copyOf digest normalisation passageOf locator
"""

PROPERTIES: Final = frozenset(_PROPERTIES.split())

SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "PolarityScheme": ("affirmed", "negated"),
    "ClaimKindScheme": (
        "ofFact",
        "ofCause",
        "ofMotive",
        "ofEvaluation",
        "ofOrigin",
        "ofPrediction",
    ),
    "ReplyStatusScheme": ("denied", "replied", "noComment", "noReplyReported", "notSought"),
    "ReviewStatusScheme": ("draft", "reviewed", "challenged", "withdrawn"),
    "StanceScheme": (
        "asserts",
        "reports",
        "endorses",
        "denies",
        "doubts",
        "believes",
        "estimates",
        "retracts",
        "declines",
    ),
    "FormScheme": ("directQuote", "partialQuote", "paraphrase", "ownVoice", "impersonal"),
    "CertaintyScheme": ("certain", "probable", "possible", "underspecified"),
    "RelationTypeScheme": (
        "rContradicts",
        "rSupports",
        "rQualifies",
        "rCorrects",
        "rExplains",
    ),
    "PluralityScheme": ("single", "several", "pluralityUnstated"),
    "AttributionModeScheme": (
        "named",
        "institutional",
        "anonymous",
        "pseudonymous",
        "onBehalf",
        "unattributed",
    ),
    "OriginationModeScheme": ("authored", "released", "ordered", "briefed", "leakedOwnWords"),
    "StatementTypeScheme": (
        "speech",
        "pressRelease",
        "interview",
        "offRecordBriefing",
        "relayedMessage",
    ),
    "MeetingTypeScheme": ("summit", "formalSession", "conversation"),
    "CompletionScheme": (
        "planned",
        "attempted",
        "completed",
        "blocked",
        "delayed",
        "cancelled",
        "hypothetical",
    ),
    "AccuracyScheme": ("accurate", "inaccurate", "accuracyUnstated"),
    "ClassificationScheme": ("topSecret", "classified", "sensitive", "classificationUnstated"),
    "OutcomeScheme": ("adopted", "rejected", "deferred", "reversed"),
    "MandateChangeScheme": (
        "requested",
        "granted",
        "refused",
        "withheld",
        "narrowed",
        "widened",
        "suspended",
        "revoked",
        "reinstated",
        "lapsed",
    ),
    "ActTypeScheme": (
        "actListen",
        "actMeetMediators",
        "actPresentPosition",
        "actMakeProposal",
        "actDiscussPrisonerRatio",
        "actAcceptHostageNumber",
        "actTravel",
    ),
    "MandateStatusScheme": ("inForce", "notInForce", "statusDisputed"),
    "CausalRoleScheme": (
        "caused",
        "contributed",
        "delayedEffect",
        "prevented",
        "enabled",
        "hindered",
        "counterfactual",
    ),
    "ValenceScheme": ("positive", "negative", "mixed", "neutral"),
    "DateBasisScheme": ("stated", "heading", "inferred"),
    "NormalisationScheme": ("norm1",),
}

CODED: Final[Mapping[str, tuple[str, ...]]] = {
    "polarity": ("PolarityScheme",),
    "claimKind": ("ClaimKindScheme",),
    "replyStatus": ("ReplyStatusScheme",),
    "reviewStatus": ("ReviewStatusScheme",),
    "stance": ("StanceScheme",),
    "form": ("FormScheme",),
    "certainty": ("CertaintyScheme",),
    "relationType": ("RelationTypeScheme",),
    "plurality": ("PluralityScheme",),
    "attributionMode": ("AttributionModeScheme",),
    "originationMode": ("OriginationModeScheme",),
    "subtype": ("StatementTypeScheme", "MeetingTypeScheme"),
    "completion": ("CompletionScheme",),
    "accuracy": ("AccuracyScheme",),
    "classification": ("ClassificationScheme",),
    "outcome": ("OutcomeScheme",),
    "changeType": ("MandateChangeScheme",),
    "permits": ("ActTypeScheme",),
    "forbids": ("ActTypeScheme",),
    "mandateStatus": ("MandateStatusScheme",),
    "causalRole": ("CausalRoleScheme",),
    "valence": ("ValenceScheme",),
    "dateBasis": ("DateBasisScheme",),
    "normalisation": ("NormalisationScheme",),
}

_TERMS: Final = PROPERTIES.union(CLASSES, SCHEMES, *SCHEMES.values())

# Minted IRIs

FOLDERS: Final = (
    "agent",
    "office",
    "place",
    "mandate",
    "proposal",
    "cluster",
    "curator",
    "query",
    "source",
)
RESERVED: Final = (*FOLDERS, "shared", "ontology", "queries")
CHAINS: Final = (
    "abcdefhijklmnopqstuvwxyz"  # one letter per chain; -g1 is an allegation, -r1 a relation
)

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\x00-\x20<>\"{}|\\^`#?]*/")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[1-9][0-9]*")
_LOCAL = re.compile(
    rf"c[a-z0-9]+-[0-9]{{2,}}(?:-[a-z][1-9][0-9]*)?"  # claim; link, allegation or relation of it
    rf"|(?:s|i|u|t|p|copy)-{_SLUG.pattern}"  # situation, item, unnamed, text, passage, copy
)


@dataclass(frozen=True, slots=True)
class Iris:
    """Mint every IRI of one base, which ends in a slash.

    >>> iris = Iris(DEFAULT_BASE)
    >>> iris.ontology
    'https://w3id.org/hostagegraph/ns'
    >>> Iris("https://example.org/graph")
    Traceback (most recent call last):
      ...
    ValueError: base "https://example.org/graph": expected an absolute IRI that ends in "/"
    """

    base: str

    def __post_init__(self) -> None:
        _checked_base(self.base)

    @property
    def ontology(self) -> str:
        """Name the ontology itself."""
        return self.base + "ns"

    def term(self, name: str) -> str:
        """Mint the IRI of a class, a property, a scheme or a value.

        >>> Iris(DEFAULT_BASE).term("Claim")
        'https://w3id.org/hostagegraph/ns#Claim'
        """
        if name not in _TERMS:
            raise ValueError(f'"{name}" is no term of the ontology')
        return f"{self.ontology}#{name}"

    def thing(self, folder: str, slug: str) -> str:
        """Mint the IRI of what all sources share: an agent, an office, a mandate, a query.

        >>> Iris(DEFAULT_BASE).thing("agent", "example-gazette")
        'https://w3id.org/hostagegraph/id/agent/example-gazette'
        >>> Iris(DEFAULT_BASE).thing("curator", "1")
        'https://w3id.org/hostagegraph/id/curator/1'
        """
        if folder not in FOLDERS:
            raise ValueError(f'"{folder}" is no hub folder; expected one of {", ".join(FOLDERS)}')
        if folder == "curator" and not _NUMBER.fullmatch(slug):
            raise ValueError(f'curator "{slug}": expected a number such as 1')
        if folder == "source":
            return self.source(slug)
        return f"{self.base}id/{folder}/{_checked_slug(slug)}"

    def source(self, slug: str) -> str:
        """Mint the IRI of a source work.

        >>> Iris(DEFAULT_BASE).source("example-gazette-1900")
        'https://w3id.org/hostagegraph/id/source/example-gazette-1900'
        """
        return f"{self.base}id/source/{_checked_source(slug)}"

    def local(self, source: str, name: str) -> str:
        """Mint the IRI of a thing that belongs to one source: a claim, a situation, a passage.

        >>> Iris(DEFAULT_BASE).local("example-gazette-1900", "c0101-01-a1")
        'https://w3id.org/hostagegraph/id/example-gazette-1900/c0101-01-a1'
        >>> Iris(DEFAULT_BASE).local("example-gazette-1900", "p-he-1-2-pos")
        'https://w3id.org/hostagegraph/id/example-gazette-1900/p-he-1-2-pos'
        """
        if not _LOCAL.fullmatch(name):
            raise ValueError(
                f'local name "{name}": expected c0101-01, c0101-01-a1, or one of '
                "s- i- u- t- p- copy- and a slug"
            )
        return f"{self.base}id/{_checked_source(source)}/{name}"

    def query(self, name: str) -> str:
        """Mint the IRI of a saved query in the catalogue.

        >>> Iris(DEFAULT_BASE).query("claims-by-source")
        'https://w3id.org/hostagegraph/id/query/claims-by-source'
        """
        return self.thing("query", name)

    def graph(self, name: str) -> str:
        """Mint the IRI of a named graph: a source, or one of shared, ontology, queries.

        >>> Iris(DEFAULT_BASE).graph("shared")
        'https://w3id.org/hostagegraph/graph/shared'
        """
        if name in FOLDERS:
            raise ValueError(f'"{name}" is a hub folder; its graph is "shared" or "queries"')
        return f"{self.base}graph/{_checked_slug(name)}"

    def graph_of(self, iri: str) -> str:
        """Tell the graph of all triples with this subject.

        >>> iris = Iris(DEFAULT_BASE)
        >>> iris.graph_of(iris.local("example-gazette-1900", "c0101-01"))
        'https://w3id.org/hostagegraph/graph/example-gazette-1900'
        >>> iris.graph_of(iris.thing("agent", "example-gazette"))
        'https://w3id.org/hostagegraph/graph/shared'
        """
        return self.graph(self._home(iri))

    def _home(self, iri: str) -> str:
        if iri == self.ontology or iri.startswith((f"{self.ontology}#", f"{self.ontology}/")):
            return "ontology"
        folder, _, name = iri.removeprefix(f"{self.base}id/").partition("/")
        if not name or not iri.startswith(f"{self.base}id/"):
            return "shared"
        if folder in FOLDERS:
            return {"source": name, "query": "queries"}.get(folder, "shared")
        return folder


def rebased(text: str, base: str) -> str:
    """Replace the default base in a Turtle or SPARQL text by another base.

    >>> rebased("BASE <https://w3id.org/hostagegraph/>", "https://example.org/")
    'BASE <https://example.org/>'
    """
    return text.replace(DEFAULT_BASE, _checked_base(base))


def _checked_base(base: str) -> str:
    if not _BASE.fullmatch(base):
        raise ValueError(f'base "{base}": expected an absolute IRI that ends in "/"')
    return base


def _checked_slug(slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise ValueError(
            f'slug "{slug}": expected lower-case letters and digits, joined by single hyphens'
        )
    return slug


def _checked_source(slug: str) -> str:
    if slug in RESERVED:
        raise ValueError(f'no source may be named "{slug}": the name is reserved')
    return _checked_slug(slug)
