"""The model and the ontology cannot drift apart: names of fields, classes and coded values."""

from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from hostagegraph import model
from hostagegraph.vocabulary import CLASSES, CODED, PROPERTIES, SCHEMES

NOT_PROPERTIES = {"slug", "label"}
SITUATIONS = get_args(model.AnySituation)

# Coded fields of records whose name differs from that of the property.
ELSEWHERE = {
    "polarity": model.Polarity,
    "claimKind": model.ClaimKind,
    "replyStatus": model.ReplyStatus,
    "stance": model.Stance,
    "form": model.AttributionForm,
    "certainty": model.Certainty,
    "relationType": model.RelationType,
    "plurality": model.Plurality,
    "classification": model.Classification,
    "dateBasis": model.DateBasis,
}


def literals(hint: Any) -> set[str]:
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return set().union(*(literals(part) for part in get_args(hint)))


def values_of(name: str) -> set[str]:
    return {value for scheme in CODED[name] for value in SCHEMES[scheme]}


@pytest.mark.parametrize("kind", SITUATIONS, ids=lambda kind: kind.__name__)
def test_a_situation_is_a_class_and_its_fields_are_properties(kind: Any) -> None:
    assert "ReportedSituation" in CLASSES[kind.__name__] or kind.__name__ == "ReportedSituation"
    assert {field.name for field in fields(kind)} - NOT_PROPERTIES <= PROPERTIES


@pytest.mark.parametrize("kind", SITUATIONS, ids=lambda kind: kind.__name__)
def test_coded_fields_take_the_values_of_their_schemes(kind: Any) -> None:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        given = literals(hints[field.name])
        assert bool(given) == (field.name in CODED), field.name
        if given and field.name != "subtype":  # each class takes one of its two schemes
            assert given == values_of(field.name)


def test_the_two_kinds_of_subtype_are_the_two_schemes() -> None:
    assert literals(model.StatementType) | literals(model.MeetingType) == values_of("subtype")


@pytest.mark.parametrize("name", ELSEWHERE)
def test_other_coded_fields_take_the_values_of_their_schemes(name: str) -> None:
    assert literals(ELSEWHERE[name]) == values_of(name)


def test_a_withdrawn_claim_completes_the_review_states() -> None:
    assert literals(model.ReviewStatus) | {"withdrawn"} == values_of("reviewStatus")


def test_every_class_of_situations_can_be_recorded() -> None:
    abstract = {"ReportedSituation", "ReportedState", "Interpretation"}
    known = {name for name, above in CLASSES.items() if "ReportedSituation" in above}
    assert {kind.__name__ for kind in SITUATIONS} == known - abstract
