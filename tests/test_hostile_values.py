"""Whatever is given as a value: it comes back unchanged or is refused, and nothing else happens."""

import datetime
import random
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.errors import ParameterError
from hostagegraph.groups import masked
from hostagegraph.parameters import TYPES, Parameter
from hostagegraph.saved_query import SavedQuery
from tests.test_queries_folder import ASKED, CATALOGUE, each_query

BASE = CATALOGUE.base
TEXT = """\
SELECT ?it WHERE {
  VALUES ?it { "x" }
  FILTER NOT EXISTS { ?it <https://example.org/never> ?of }
}
"""
WHOLE = re.compile(r'  VALUES \?it \{ (?:<i*>|"\s*"(?:@[\w-]+|\^\^<i*>)?|true|false|[\d.-]+) \}')
SEEDS = (
    'x" } ?s ?p ?o { #',
    "https://example.org/> } UNION { ?s ?p ?o } #",
    "agent/x> ?s ?p ?o . <",
    "1900-01-01",
    '1900-01-01"^^<http://www.w3.org/2001/XMLSchema#date> } ?s ?p ?o #',
    "1) } DROP ALL #",
    "true } SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "peace@en } . #",
    "\\u0022 } ?s ?p ?o",
    "'''\"\"\"",
    "hg:Claim",
    "UNDEF } VALUES ?x { 1",
)
SIGNS = (
    "\"'\\<>{}()#?$@^:;.,|&%\n\r\t\0\x0b\x0c\x85\u2028\u2029\ufeff\u202e\u0661 -_/=*+ué\U0001f600"
)


def query(kind: str) -> SavedQuery:
    param = Parameter("it", kind, "It", line=2)
    return SavedQuery("echo", TEXT, "solutions", ("it",), BASE, params=(param,))


def come_back(kind: str, value: str) -> list[ox.NamedNode | ox.Literal] | None:
    """Give what the engine makes of a value; None where it is refused."""
    try:
        text = query(kind).fill({"it": [value]})
    except ParameterError:
        return None
    before, after = TEXT.split("\n"), text.split("\n")
    assert [after[0], *after[2:]] == [before[0], *before[2:]], "only the line of VALUES changes"
    assert WHOLE.fullmatch(masked(after[1])), after[1]
    results = ox.Store().query(text)
    assert isinstance(results, ox.QuerySolutions)
    return [row["it"] for row in results]


def comes_back(kind: str, value: str) -> list[ox.NamedNode | ox.Literal]:
    """Give what the engine makes of a value that every reader would take for a good one."""
    found = come_back(kind, value)
    assert found is not None, value
    return found


def mutations(count: int) -> Iterator[str]:
    """Give hostile texts: known attacks, cut, joined and sprinkled with signs that end things."""
    chance = random.Random(1900)  # noqa: S311 - a test, the same each time
    for _ in range(count):
        text = chance.choice(SEEDS)
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(text) + 1)
            more = chance.choice([*SIGNS, chance.choice(SEEDS)])
            text = text[:place] + more + text[place + chance.randrange(2) :]
        yield text


@pytest.mark.parametrize("kind", TYPES)
def test_ten_thousand_hostile_texts_change_nothing_but_their_value(kind: str) -> None:
    refused = 0
    for text in mutations(10_000 // len(TYPES) + 1):
        found = come_back(kind, text)
        refused += found is None
        if found is not None:
            (term,) = found
            short = {f"{BASE}id/{text.removeprefix('id/')}", f"{BASE}ns#{text[3:]}"}
            assert term.value in {text, text.rpartition("@")[0], *short}
    assert refused, "some are refused by every type"


@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")),
    kind=st.sampled_from(["string", "xsd:string"]),
)
def test_any_string_comes_back_through_the_query(text: str, kind: str) -> None:
    assert come_back(kind, text) == [ox.Literal(text)]


@given(moment=st.datetimes(timezones=st.sampled_from([None, datetime.UTC])))
def test_any_moment_comes_back_unchanged(moment: datetime.datetime) -> None:
    text = moment.isoformat().replace("+00:00", "Z")
    (found,) = comes_back("xsd:dateTime", text)
    assert datetime.datetime.fromisoformat(found.value) == moment


@given(day=st.dates(), kind=st.sampled_from(["xsd:date", "xsd:gYear", "xsd:gYearMonth"]))
def test_any_date_comes_back_through_the_query(day: datetime.date, kind: str) -> None:
    text = {"xsd:date": 10, "xsd:gYear": 4, "xsd:gYearMonth": 7}[kind]
    (found,) = comes_back(kind, day.isoformat()[:text])
    assert found.value == day.isoformat()[:text]


@given(number=st.decimals(-(10**6), 10**6, places=4))
def test_any_decimal_comes_back_with_its_value(number: object) -> None:
    (found,) = comes_back("xsd:decimal", f"{number:f}")
    assert float(found.value) == float(f"{number:f}")


@given(tail=st.text(st.sampled_from("abz09-._~/?#[]@!$&'()*+,;=%é\u05d0"), max_size=40))
def test_any_iri_comes_back_through_the_query_or_is_refused(tail: str) -> None:
    iri = f"https://example.org/{tail}"
    found = come_back("iri", iri)
    assert found is None or found == [ox.NamedNode(iri)]


@each_query
@given(data=st.data())
def test_no_value_changes_the_text_of_a_real_query(query: SavedQuery, data: st.DataObject) -> None:
    """Of what a file says, only lines of VALUES change, and none is added."""
    values = {name: [value] for name, value in ASKED.get(query.name, {}).items()}
    hostile = st.one_of(st.sampled_from(SEEDS), st.text(max_size=30))
    for param in query.params:
        values[param.name] = [data.draw(hostile)]
    try:
        text = query.fill(values)
    except ParameterError:
        return
    own = {param.line for param in query.params} | set(query.policy.values())
    kept = [line for n, line in enumerate(query.text.split("\n"), 1) if n not in own]
    found = [
        line for line in text.split("\n") if not re.match(r"\s*VALUES \?(\w+) \{ .* \}$", line)
    ]
    values_kept = [line for line in kept if re.match(r"\s*VALUES \?(\w+) \{ .* \}$", line)]
    assert found == [line for line in kept if line not in values_kept]
    assert len(text.split("\n")) <= len(query.text.split("\n"))
