"""What a record says, as frozen values.

Fields of situations carry the names of the ontology's properties, so that one annotation tells
the reader of records what to accept, the JSON Schema what to offer and the writer of RDF what to
write. `None` or an empty tuple means that no source says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Form:
    """The written form a text must have, whole, and how to say so."""

    pattern: str
    says: str
    sort: Literal["text", "count", "decimal", "date", "day"] = "text"


@dataclass(frozen=True, slots=True)
class Range:
    """The classes of things a reference may name, and the folder a bare slug stands in."""

    classes: tuple[str, ...]
    folder: str = ""
    never: tuple[str, ...] = ()


SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

Slug = Annotated[str, Form(SLUG, "lower-case letters, digits and single hyphens")]
SectionName = Annotated[str, Form(r"[a-z0-9]+", "lower-case letters and digits such as 0504")]
ClaimId = Annotated[str, Form(r"[a-z0-9]+-[0-9]{2,3}", "the section and a number such as 0504-01")]
Count = Annotated[str, Form(r"0|[1-9][0-9]*", "a whole number such as 0 or 12", "count")]
Number = Annotated[str, Form(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", "a number such as 33", "decimal")]
Digest = Annotated[str, Form(r"[0-9a-f]{64}", "64 lower-case hex digits")]
Edtf = Annotated[str, Form(r".+", "a date", "date")]
Day = Annotated[str, Form(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "one day such as 2024-07-10", "day")]
Language = Annotated[str, Form(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag such as en")]
Url = Annotated[str, Form(r"https?://[^\s<>\"{}|\\^`]+", "an http or https address")]
WikidataId = Annotated[str, Form(r"Q[1-9][0-9]*", "a Wikidata number such as Q42")]
Place60 = Annotated[str, Form(r".{1,60}", "at most 60 characters")]
Pseudonym = Annotated[str, Form(r".{1,20}", "at most 20 characters")]

AgentRef = Annotated[str, Range(("Agent",), "agent")]
NamedAgentRef = Annotated[str, Range(("Agent",), "agent", never=("UnnamedSource",))]
BodyRef = Annotated[str, Range(("Agent",), "agent", never=("Person", "UnnamedSource"))]
PersonRef = Annotated[str, Range(("Person",), "agent")]
OutletRef = Annotated[str, Range(("MediaOutlet",), "agent")]
OfficeRef = Annotated[str, Range(("Office",), "office")]
PlaceRef = Annotated[str, Range(("Place",), "place")]
MandateRef = Annotated[str, Range(("Mandate",), "mandate")]
ProposalRef = Annotated[str, Range(("Proposal",), "proposal")]
ClusterRef = Annotated[str, Range(("EventCluster",), "cluster")]
CuratorRef = Annotated[str, Range(("Curator",))]
JudgeRef = Annotated[str, Range(("Agent", "Curator"), "agent")]
SituationRef = Annotated[str, Range(("ReportedSituation",))]
EventRef = Annotated[str, Range(("ReportedEvent",))]
StatementRef = Annotated[str, Range(("Statement",))]
LeakRef = Annotated[str, Range(("Leak",))]
StateRef = Annotated[str, Range(("MandateState",))]
InformationRef = Annotated[str, Range(("InformationItem",))]
ClaimRef = Annotated[str, Range(("Claim",))]
AnyRef = Annotated[str, Range(("any",))]

Polarity = Literal["affirmed", "negated"]
ClaimKind = Literal["ofFact", "ofCause", "ofMotive", "ofEvaluation", "ofOrigin", "ofPrediction"]
ReplyStatus = Literal["denied", "replied", "noComment", "noReplyReported", "notSought"]
ReviewStatus = Literal["draft", "reviewed", "challenged"]
Stance = Literal[
    "asserts",
    "reports",
    "endorses",
    "denies",
    "doubts",
    "believes",
    "estimates",
    "retracts",
    "declines",
]
AttributionForm = Literal["directQuote", "partialQuote", "paraphrase", "ownVoice", "impersonal"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
RelationType = Literal["rContradicts", "rSupports", "rQualifies", "rCorrects", "rExplains"]
Plurality = Literal["single", "several", "pluralityUnstated"]
AttributionMode = Literal[
    "named", "institutional", "anonymous", "pseudonymous", "onBehalf", "unattributed"
]
OriginationMode = Literal["authored", "released", "ordered", "briefed", "leakedOwnWords"]
StatementType = Literal[
    "speech", "pressRelease", "interview", "offRecordBriefing", "relayedMessage"
]
MeetingType = Literal["summit", "formalSession", "conversation"]
Completion = Literal[
    "planned", "attempted", "completed", "blocked", "delayed", "cancelled", "hypothetical"
]
Accuracy = Literal["accurate", "inaccurate", "accuracyUnstated"]
Classification = Literal["topSecret", "classified", "sensitive", "classificationUnstated"]
Outcome = Literal["adopted", "rejected", "deferred", "reversed"]
ActType = Literal[
    "actListen",
    "actMeetMediators",
    "actPresentPosition",
    "actMakeProposal",
    "actDiscussPrisonerRatio",
    "actAcceptHostageNumber",
    "actTravel",
]
MandateChange = Literal[
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
]
MandateStatus = Literal["inForce", "notInForce", "statusDisputed"]
CausalRole = Literal[
    "caused", "contributed", "delayedEffect", "prevented", "enabled", "hindered", "counterfactual"
]
Valence = Literal["positive", "negative", "mixed", "neutral"]
DateBasis = Literal["stated", "heading", "inferred"]
UnnamedType = Literal["AnonymousSource", "PseudonymousSource", "UnnamedCollective"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the ontology that a field too many and a field too few in a record break."""

    unknown: str = ""
    missing: str = ""


_LOCAL = MappingProxyType({"unnamed": "u-", "s": "s-", "info": "i-", "c": "c"})


def thing_of(source: str, reference: str, folder: str = "") -> str:
    """Give the path under `id/` that a reference names; a bare slug stands in `folder`.

    >>> thing_of("example-gazette-1900", "s/first-meeting")
    'example-gazette-1900/s-first-meeting'
    >>> thing_of("example-gazette-1900", "ministry", "agent")
    'agent/ministry'
    """
    kind, slash, name = reference.partition("/")
    if not slash:
        return f"{folder}/{reference}"
    return f"{source}/{_LOCAL[kind]}{name}" if kind in _LOCAL else reference


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one or several languages: (language, text) pairs, sorted by language."""

    by_language: tuple[tuple[str, str], ...]


# --- situations: what a claim says did or did not obtain ----------------------------------------


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A reported situation: an individual description, by one source."""

    slug: Slug
    label: Words
    accountOf: ClusterRef | None = None
    concerns: tuple[AnyRef, ...] = ()
    ofProposal: tuple[ProposalRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dated(Situation):
    """A situation with a date: EDTF, the wording of the source, and where the date comes from."""

    when: Edtf | None = None
    whenText: Words | None = None
    dateBasis: DateBasis | None = None


@dataclass(frozen=True, kw_only=True)
class ReportedEvent(Dated):
    """A happening, act or omission."""

    actor: tuple[AgentRef, ...] = ()
    participant: tuple[AgentRef, ...] = ()
    recipient: tuple[AgentRef, ...] = ()
    place: tuple[PlaceRef, ...] = ()
    completion: Completion = "completed"
    happensAfter: tuple[EventRef, ...] = ()
    reverses: tuple[EventRef, ...] = ()
    respondsTo: tuple[AnyRef, ...] = ()
    memberCount: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting(ReportedEvent):
    """A gathering of two or more agents."""

    subtype: MeetingType | None = None


@dataclass(frozen=True, kw_only=True)
class Travel(ReportedEvent):
    """A journey or dispatch; `place` is where it goes."""


@dataclass(frozen=True, kw_only=True)
class Statement(ReportedEvent):
    """A communicative act; `attributionMode` follows from the speaker unless given."""

    subtype: StatementType | None = None
    publishedSpeaker: tuple[AgentRef, ...] = ()
    publishedVia: tuple[AgentRef, ...] = ()
    attributionMode: AttributionMode | None = None


@dataclass(frozen=True, kw_only=True)
class Leak(ReportedEvent):
    """A disclosure of non-public information, one leg."""

    information: tuple[InformationRef, ...]
    discloser: tuple[AgentRef, ...] = ()
    accuracy: Accuracy | None = None
    onwardOf: LeakRef | None = None


@dataclass(frozen=True, kw_only=True)
class Decision(ReportedEvent):
    """A determination by a body or office holder."""

    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Instruction(ReportedEvent):
    """An order, permission or prohibition."""

    permits: tuple[ActType, ...] = ()
    forbids: tuple[ActType, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MandateEvent(ReportedEvent):
    """A request, grant, change, delay or ending of a mandate."""

    ofMandate: MandateRef
    changeType: MandateChange
    resultsIn: StateRef | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalEvent(ReportedEvent):
    """A drafting, transmission or presentation of a proposal."""


@dataclass(frozen=True, kw_only=True)
class Response(ReportedEvent):
    """A reply of a party."""

    actor: tuple[AgentRef, ...]


@dataclass(frozen=True, kw_only=True)
class Omission(ReportedEvent):
    """A failure or refusal to act where an act was expected."""

    actor: tuple[AgentRef, ...]


@dataclass(frozen=True, kw_only=True)
class Tenure(Dated):
    """The holding of an office or a membership by a person."""

    person: PersonRef
    office: OfficeRef | None = None
    memberOf: BodyRef | None = None


@dataclass(frozen=True, kw_only=True)
class MandateState(Dated):
    """The extent of a mandate; acts neither permitted nor forbidden are unknown."""

    ofMandate: MandateRef
    issuer: tuple[AgentRef, ...]
    holder: tuple[AgentRef, ...]
    mandateStatus: MandateStatus = "inForce"
    permits: tuple[ActType, ...] = ()
    forbids: tuple[ActType, ...] = ()
    precededBy: StateRef | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity(Dated):
    """A number or a range of numbers of something, in a unit such as people."""

    measures: Words
    unit: str
    value: Number | None = None
    valueMin: Number | None = None
    valueMax: Number | None = None


@dataclass(frozen=True, kw_only=True)
class CausalLink(Situation):
    """A causal or counterfactual relation; an effect nobody claims is given in place."""

    cause: tuple["SituationRef | Supposed", ...]
    effect: tuple["SituationRef | Supposed", ...]
    causalRole: CausalRole


@dataclass(frozen=True, kw_only=True)
class MotiveAscription(Situation):
    """A belief, aim or intention ascribed to an agent."""

    ascribedTo: tuple[AgentRef, ...]
    motiveFor: tuple[SituationRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Characterisation(Situation):
    """An evaluation of a proposal, response, act or statement."""

    characterises: tuple[AnyRef, ...]
    valence: Valence


@dataclass(frozen=True, kw_only=True)
class Origination(Situation):
    """An identification of the agent behind a statement."""

    originatedStatement: StatementRef
    originator: tuple[AgentRef, ...]
    originationMode: OriginationMode | None = None


Supposed = (
    ReportedEvent
    | Meeting
    | Travel
    | Statement
    | Leak
    | Decision
    | Instruction
    | MandateEvent
    | ProposalEvent
    | Response
    | Omission
)
AnySituation = (
    Supposed
    | Tenure
    | MandateState
    | Quantity
    | CausalLink
    | MotiveAscription
    | Characterisation
    | Origination
)

KIND_OF: Mapping[str, ClaimKind] = MappingProxyType(
    {
        "CausalLink": "ofCause",
        "MotiveAscription": "ofMotive",
        "Characterisation": "ofEvaluation",
        "Origination": "ofOrigin",
    }
)

# --- claims and their chains --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage by code points [start, end) of the norm/1 text and the digest of that slice."""

    row: ClassVar[bool] = True
    start: Count
    end: Count
    digest: Digest


PassageName = Annotated[str, Form(SLUG, "[start, end, digest] or the name of a passage")]


@dataclass(frozen=True, slots=True)
class Locator:
    """A passage of a source whose text is not at hand; `name` is its name in the file."""

    locator: Place60
    name: str = field(default="", metadata={"written": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class OuterLink:
    """How the outlet itself stands to the claim, where it is not the default."""

    stance: Stance | None = None
    form: AttributionForm | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One voice of a chain taking one stance; `in_` is the statement it was said in."""

    rules: ClassVar[Rules] = Rules(unknown="E4", missing="E4")
    who: AgentRef
    stance: Stance | None = None
    form: AttributionForm = "paraphrase"
    certainty: Certainty | None = None
    in_: StatementRef | None = None
    when: Edtf | None = None
    basis: DateBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A further chain on the same claim, whose origin denies it."""

    says: tuple[Link, ...]
    at: tuple[Anchor | Locator | PassageName, ...] = ()
    own: OuterLink | None = None


@dataclass(frozen=True, slots=True)
class Accusation:
    """An agent to whom a claim ascribes harmful conduct, and what the source says of the reply."""

    rules: ClassVar[Rules] = Rules(unknown="E6", missing="E6")
    short: ClassVar[str] = "who"
    who: NamedAgentRef
    reply: ReplyStatus = "noReplyReported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The proposition, put forward in one source, that a situation obtained or did not."""

    rules: ClassVar[Rules] = Rules(unknown="E3", missing="E2")
    id: ClaimId
    at: tuple[Anchor | Locator | PassageName, ...]
    gist: Words
    content: SituationRef | AnySituation
    kind: ClaimKind | None = None
    polarity: Polarity = "affirmed"
    own: OuterLink | None = None
    says: tuple[Link, ...] = ()
    denied: tuple[Denial, ...] = ()
    about: tuple[AnyRef, ...] = ()
    against: tuple[Accusation, ...] = ()
    review: ReviewStatus = "draft"
    reviewed_by: CuratorRef | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What stays of a claim that was withdrawn."""

    id: ClaimId
    review: Literal["withdrawn"]
    withdrawn: Day
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A judgement that one claim contradicts, supports, qualifies, corrects or explains another."""

    rules: ClassVar[Rules] = Rules(missing="E15")
    from_: ClaimRef
    type: RelationType
    to: ClaimRef
    judge: JudgeRef
    number: int = field(default=0, metadata={"written": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """A persona exactly as one publication presents it without a name."""

    rules: ClassVar[Rules] = Rules(unknown="E5", missing="E5")
    descriptor: Words
    plurality: Plurality
    type: UnnamedType = "AnonymousSource"
    affiliation: tuple[BodyRef, ...] = ()
    pseudonym: Pseudonym | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """A piece of non-public information, without its content."""

    rules: ClassVar[Rules] = Rules(unknown="E13")
    label: Words
    classification: Classification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One file of records: what one dated section of one source says."""

    source: Slug
    section: SectionName
    claims: tuple[Claim | Withdrawn, ...]
    date: Edtf | None = None
    text: Language = "en"
    passages: Mapping[Slug, Anchor | Locator] = field(default_factory=dict)
    unnamed: Mapping[Slug, Unnamed] = field(default_factory=dict)
    info: Mapping[Slug, Information] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()


# --- sources, agents, hubs ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One wording of a source: its normalisation, length in code points and digest."""

    norm: Literal["1"]
    length: Count
    sha256: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A retrievable copy of a text."""

    text: Language
    publisher: str | None = None
    url: Url | None = None
    licence: Url | None = None
    retrieved: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source work, its texts and copies."""

    source: Slug
    label: Words
    publisher: OutletRef
    issued: Day
    texts: Mapping[Language, Text]
    title: str | None = None
    author: tuple[str, ...] = ()
    language: Language | None = None
    url: Url | None = None
    licence: Url | None = None
    copies: Mapping[Slug, Copy] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A named human being with a public role; offices held are claims, not fields."""

    rules: ClassVar[Rules] = Rules(unknown="E10")
    label: Words
    altLabel: Words | None = None
    wikidata: WikidataId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A formally constituted body; `outlet` marks one that publishes."""

    label: Words
    altLabel: Words | None = None
    note: Words | None = None
    wikidata: WikidataId | None = None
    outlet: Literal["true", "false"] = "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A group, office, place, mandate, proposal or cluster: a label and a note, never roles."""

    rules: ClassVar[Rules] = Rules(unknown="E16")
    label: Words
    altLabel: Words | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curator:
    """Who read a claim a second time, or judged a relation."""

    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all sources share, by slug."""

    people: Mapping[str, Person] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    groups: Mapping[str, Hub] = field(default_factory=dict)
    offices: Mapping[str, Hub] = field(default_factory=dict)
    curators: Mapping[str, Curator] = field(default_factory=dict)
    mandates: Mapping[str, Hub] = field(default_factory=dict)
    proposals: Mapping[str, Hub] = field(default_factory=dict)
    clusters: Mapping[str, Hub] = field(default_factory=dict)
    places: Mapping[str, Hub] = field(default_factory=dict)
