"""Fill in what a record leaves unsaid: sections as written in, sections that say all out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from hostagegraph import dates, model

S = TypeVar("S", bound=model.Situation)

MODES: Mapping[str, model.AttributionMode] = {
    "Person": "named",
    "Institution": "institutional",
    "MediaOutlet": "institutional",
    "Group": "institutional",
    "AnonymousSource": "anonymous",
    "UnnamedCollective": "anonymous",
    "PseudonymousSource": "pseudonymous",
}


def complete(
    sections: Mapping[str, model.Section],
    sources: Mapping[str, model.Source],
    classes: Mapping[str, str],
) -> dict[str, model.Section]:
    """Complete the sections, by file; `classes` names the class of each thing under `id/`.

    Events without a date take that of the heading; a statement takes its attribution mode from its
    speaker; a claim takes its kind from its content; each voice of a chain takes its stance and
    its date; names of passages give way to the passages.
    """
    dated = {
        file: replace(
            section,
            claims=tuple(_with_content(claim, section, classes) for claim in section.claims),
        )
        for file, section in sections.items()
    }
    situations = {
        model.thing_of(section.source, f"s/{situation.slug}"): situation
        for section in dated.values()
        for claim in section.claims
        if isinstance(claim, model.Claim)
        for situation in situations_of(claim)
    }
    return {
        file: replace(
            section,
            claims=tuple(
                _with_chains(claim, section, sources[section.source], situations)
                for claim in section.claims
            ),
        )
        for file, section in dated.items()
    }


def situations_of(claim: model.Claim) -> list[model.AnySituation]:
    """Give the situations that a claim describes in place, its content first."""
    if isinstance(claim.content, str):
        return []
    found: list[model.AnySituation] = [claim.content]
    if isinstance(claim.content, model.CausalLink):
        ends = (*claim.content.cause, *claim.content.effect)
        found += [end for end in ends if not isinstance(end, str)]
    return found


# --- contents -----------------------------------------------------------------------------------


def _with_content(
    claim: model.Claim | model.Withdrawn, section: model.Section, classes: Mapping[str, str]
) -> model.Claim | model.Withdrawn:
    if isinstance(claim, model.Withdrawn) or isinstance(claim.content, str):
        return claim
    content = _completed(claim.content, section, classes)
    if isinstance(content, model.CausalLink):
        content = replace(
            content,
            cause=tuple(_end(end, section, classes) for end in content.cause),
            effect=tuple(_end(end, section, classes) for end in content.effect),
        )
    return replace(claim, content=content)


def _end(
    end: str | model.Supposed, section: model.Section, classes: Mapping[str, str]
) -> str | model.Supposed:
    return end if isinstance(end, str) else _completed(end, section, classes)


def _completed(situation: S, section: model.Section, classes: Mapping[str, str]) -> S:
    """Give a situation its date and, for a statement, its attribution mode."""
    changes: dict[str, Any] = {}
    if isinstance(situation, model.Dated) and situation.when is None:
        # A supposed event happened on no day: the heading dates what the section tells.
        told = isinstance(situation, model.ReportedEvent) and situation.completion != "hypothetical"
        if told and section.date:
            changes |= {"when": section.date, "dateBasis": situation.dateBasis or "heading"}
    elif isinstance(situation, model.Dated):
        changes |= {"dateBasis": situation.dateBasis or "stated"}
    if isinstance(situation, model.Statement) and situation.attributionMode is None:
        changes |= {"attributionMode": _mode(situation, section.source, classes)}
    return replace(situation, **changes) if changes else situation


def _mode(
    statement: model.Statement, source: str, classes: Mapping[str, str]
) -> model.AttributionMode:
    if not statement.publishedSpeaker:
        return "unattributed"
    speaker = model.thing_of(source, statement.publishedSpeaker[0], "agent")
    return MODES.get(classes.get(speaker, ""), "unattributed")


# --- chains -------------------------------------------------------------------------------------


def _with_chains(
    claim: model.Claim | model.Withdrawn,
    section: model.Section,
    source: model.Source,
    situations: Mapping[str, model.AnySituation],
) -> model.Claim | model.Withdrawn:
    if isinstance(claim, model.Withdrawn):
        return claim
    content = claim.content
    if isinstance(content, str):
        told = situations.get(model.thing_of(source.source, content))
    else:
        told = content
    default = _range_from(told, source.issued)
    kind = claim.kind or model.KIND_OF.get(type(told).__name__, "ofFact")

    def chain(says: tuple[model.Link, ...], last: model.Stance) -> tuple[model.Link, ...]:
        return tuple(
            _dated(
                replace(link, stance=link.stance or (last if link is says[-1] else "reports")),
                source,
                situations,
                default,
            )
            for link in says
        )

    return replace(
        claim,
        kind=kind,
        at=_anchors(claim.at, section),
        own=_outer(claim.own, claim.says),
        says=chain(claim.says, "asserts"),
        denied=tuple(
            replace(
                denial,
                at=_anchors(denial.at or claim.at, section),
                own=_outer(denial.own, denial.says),
                says=chain(denial.says, "denies"),
            )
            for denial in claim.denied
        ),
    )


def _outer(own: model.OuterLink | None, says: tuple[model.Link, ...]) -> model.OuterLink:
    """Complete the outlet's own link: it asserts in its own voice, or reports what others say."""
    given = own or model.OuterLink()
    stance: model.Stance = "reports" if says else "asserts"
    form: model.AttributionForm = "paraphrase" if says else "ownVoice"
    return replace(given, stance=given.stance or stance, form=given.form or form)


def _dated(
    link: model.Link,
    source: model.Source,
    situations: Mapping[str, model.AnySituation],
    default: str,
) -> model.Link:
    """Date a voice: as given, else by the statement it spoke in, else by the widest range."""
    if link.when is not None:
        return replace(link, basis=link.basis or "stated")
    if link.in_ is not None:
        statement = situations.get(model.thing_of(source.source, link.in_))
        if isinstance(statement, model.Dated) and statement.when is not None:
            return replace(link, when=statement.when, basis=link.basis or statement.dateBasis)
    return replace(link, when=default, basis=link.basis or "inferred")


def _range_from(situation: model.Situation | None, issued: str) -> str:
    """Give the days on which somebody can have spoken of a situation before publication."""
    when = situation.when if isinstance(situation, model.Dated) else None
    first = dates.first_day(when) if when else None
    if first is None or first.isoformat() > issued:
        return f"../{issued}"
    return f"[{first.isoformat()}..{issued}]"


def _anchors(
    at: tuple[model.Anchor | model.Locator | str, ...], section: model.Section
) -> tuple[model.Anchor | model.Locator, ...]:
    """Put the passages in the place of their names."""
    return tuple(_anchor(passage, section) for passage in at)


def _anchor(
    passage: model.Anchor | model.Locator | str, section: model.Section
) -> model.Anchor | model.Locator:
    if not isinstance(passage, str):
        return passage
    named = section.passages[passage]
    return replace(named, name=passage) if isinstance(named, model.Locator) else named
