"""The parameters of saved queries: what their types take, and what becomes of it."""

import datetime
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.parameters import TYPES, Parameter, short
from hostagegraph.vocabulary import DEFAULT_BASE as BASE
from hostagegraph.vocabulary import XSD

LINE = '  VALUES ?it { "x" }'


def it(kind: str, **more: Any) -> Parameter:
    return Parameter("it", kind, "It", **more)


def answer(param: Parameter, *values: str) -> list[ox.NamedNode | ox.Literal]:
    """Fill a query that gives back its parameter, and run it."""
    line = param.fill(LINE, values, BASE)
    results = ox.Store().query(f"SELECT ?it {{\n{line}\n}}")
    assert isinstance(results, ox.QuerySolutions)
    return [row["it"] for row in results]


def wrong(param: Parameter, *values: str) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the callers look at the message
        param.terms(values, BASE)
    return str(caught.value)


# Types


def test_the_types_are_the_documented_ones() -> None:
    assert {"iri", "string", "langString", "xsd:date"} <= set(TYPES)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("hg:AnonymousSource", BASE + "ns#AnonymousSource"),
        ("id/agent/example-gazette", BASE + "id/agent/example-gazette"),
        ("agent/example-gazette", BASE + "id/agent/example-gazette"),
        ("example-gazette-1900/c0101-01", BASE + "id/example-gazette-1900/c0101-01"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://example.org/é", "http://example.org/é"),
    ],
)
def test_an_iri_may_be_written_short(given: str, meant: str) -> None:
    assert answer(it("iri"), given) == [ox.NamedNode(meant)]


@pytest.mark.parametrize(
    "hostile",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "urn:x:y",
        "_:b0",
        "http://",
        "https:///path",
        "http://example.org/> } DROP ALL #",
        "http://example.org/a b",
        "http://example.org/\n",
        "http://example.org/\x00",
        "http://example.org/{x}",
        'http://example.org/"',
        "http://example.org/\\u003e",
        "../secret",
        "agent/../x",
        "agent/X",
        "a/b/c",
        "hg:Clam",
        "?x",
        "",
    ],
)
def test_a_hostile_iri_is_refused(hostile: str) -> None:
    assert wrong(it("iri"), hostile)


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        ("string", "a\x00b"),
        ("string", "\ud800"),
        ("string", "a\x85b"),
        ("langString", "peace"),
        ("langString", "peace@"),
        ("langString", "peace@e n"),
        ("langString", "peace@en} #"),
        ("langString", "pe\x07ace@en"),
        ("xsd:date", "1900-2-1"),
        ("xsd:date", "1900-02-30"),
        ("xsd:date", "0000-01-01"),
        ("xsd:date", "19000201"),
        ("xsd:date", "1900-02-01\n"),
        ("xsd:date", "\u0661900-02-01"),
        ("xsd:integer", "abc"),
        ("xsd:integer", "1.5"),
        ("xsd:integer", "1 2"),
        ("xsd:integer", "9" * 30),
        ("xsd:decimal", "1e3"),
        ("xsd:decimal", "NaN"),
    ],
)
def test_a_bad_value_is_refused(kind: str, bad: str) -> None:
    assert wrong(it(kind), bad)


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("xsd:boolean", "true"),
        ("xsd:date", "2024-02-29"),
        ("xsd:dateTime", "2024-02-29T12:00:00Z"),
        ("xsd:decimal", "-12.5"),
        ("xsd:gYear", "2024"),
        ("xsd:gYearMonth", "2024-12"),
        ("xsd:integer", "-12"),
    ],
)
def test_each_datatype_takes_its_forms(kind: str, good: str) -> None:
    datatype = ox.NamedNode(kind.replace("xsd:", XSD))
    assert answer(it(kind), good) == [ox.Literal(good, datatype=datatype)]
    assert "give one such as" in wrong(it(kind), "x")


def test_a_message_shows_no_control_character_and_no_long_value() -> None:
    found = wrong(it("xsd:date"), "\x1b[31m" + "x" * 500)
    assert "\x1b" not in found
    assert len(found) < 150


# How many values, and which


def test_a_needed_value_is_missed() -> None:
    assert wrong(it("iri")) == "missing; a value is needed"


def test_an_optional_value_may_be_absent() -> None:
    param = it("iri", required=False)
    assert param.droppable
    assert param.terms((), BASE) == param.terms([""], BASE) == ()
    assert param.fill(LINE, (), BASE) is None


def test_a_default_stands_for_an_absent_value() -> None:
    param = it("xsd:integer", required=False, default=("7",))
    assert answer(param) == [ox.Literal(7)]
    assert not param.droppable


def test_an_empty_string_is_a_value() -> None:
    assert answer(it("string"), "") == [ox.Literal("")]
    assert wrong(it("string", enum={"x": "x"}), "") == "missing; a value is needed"


def test_a_plain_text_is_one_value() -> None:
    param = it("string")
    assert param.terms("abc", BASE) == param.terms(["abc"], BASE)


def test_several_values_need_to_be_allowed() -> None:
    assert wrong(it("xsd:integer"), "1", "2") == "2 values given; it takes one"


def test_several_values_are_written_once_each() -> None:
    param = it("xsd:integer", multiple=True)
    assert answer(param, "1", "2", "1") == [ox.Literal(1), ox.Literal(2)]


def test_each_of_several_values_is_checked() -> None:
    found = wrong(it("xsd:integer", multiple=True), "one", "2", "three")
    assert '"one" is no xsd:integer' in found
    assert '"three" is no xsd:integer' in found


def test_an_enum_takes_its_values_alone() -> None:
    param = it("iri", enum={"hg:denies": "denies", "hg:doubts": "doubts"})
    assert answer(param, "hg:doubts") == [ox.NamedNode(BASE + "ns#doubts")]
    assert answer(param, BASE + "ns#doubts") == [ox.NamedNode(BASE + "ns#doubts")]
    assert "is not one of hg:denies, hg:doubts" in wrong(param, "hg:asserts")
    assert "did you mean hg:denies" in wrong(param, "hg:denied")


def test_one_value_of_an_enum_may_stand_for_several_terms() -> None:
    param = it(
        "iri",
        default=("strict",),
        enum={"strict": "strict", "broad": "broad"},
        values={
            "strict": ("hg:AnonymousSource", "hg:PseudonymousSource"),
            "broad": ("hg:UnnamedSource",),
        },
    )
    strict = [ox.NamedNode(BASE + f"ns#{name}Source") for name in ("Anonymous", "Pseudonymous")]
    assert answer(param) == answer(param, "strict") == strict
    assert answer(param, "broad") == [ox.NamedNode(BASE + "ns#UnnamedSource")]
    assert "not one of strict, broad" in wrong(param, "hg:UnnamedSource")


def test_a_pattern_must_fit_the_whole_value() -> None:
    param = it("string", pattern="[a-z]+")
    assert answer(param, "abc") == [ox.Literal("abc")]
    assert "does not fit the pattern" in wrong(param, "abc1")


# Whatever is given comes back, and nothing else happens

SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@given(text=SAFE)
def test_any_string_comes_back_unchanged(text: str) -> None:
    assert answer(it("string"), text) == [ox.Literal(text)]


@given(text=SAFE, language=st.sampled_from(["en", "he", "ar-latn", "en-gb"]))
def test_any_text_with_a_language_comes_back_unchanged(text: str, language: str) -> None:
    found = answer(it("langString"), f"{text}@{language}")
    assert found == [ox.Literal(text, language=language)]


@given(day=st.dates())
def test_any_day_comes_back_unchanged(day: datetime.date) -> None:
    (found,) = answer(it("xsd:date"), day.isoformat())
    assert found.value == day.isoformat()


@given(number=st.integers(-(10**18) + 1, 10**18 - 1))
def test_any_number_comes_back_unchanged(number: int) -> None:
    (found,) = answer(it("xsd:integer"), str(number))
    assert found.value == str(number)


@given(tail=st.text(max_size=30))
def test_any_iri_comes_back_unchanged_or_is_refused(tail: str) -> None:
    iri = f"https://example.org/{tail}"
    try:
        it("iri").terms([iri], BASE)
    except ValueError:
        return
    assert answer(it("iri"), iri) == [ox.NamedNode(iri)]


@given(kind=st.sampled_from(["string", "langString", "iri", "xsd:date"]), text=st.text())
def test_no_value_adds_a_line_or_a_second_value(kind: str, text: str) -> None:
    for value in (text, f"{text}@en", f"https://example.org/{text}"):
        try:
            line = it(kind).fill(LINE, [value], BASE)
        except ValueError:
            continue
        assert line is not None
        assert "\n" not in line
        assert line.startswith("  VALUES ?it { ")
        assert len(answer(it(kind), value)) == 1


# The way back


def test_short_forms_say_what_is_no_iri_of_ours() -> None:
    assert short(ox.NamedNode("https://example.org/"), BASE) == "<https://example.org/>"
    assert short(ox.NamedNode(BASE + "graph/shared"), BASE) == "graph/shared"
    assert short(ox.BlankNode("b"), BASE) == "_:b"
