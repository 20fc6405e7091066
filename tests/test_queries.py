"""The catalogue of saved queries: heads, parameters, filling, publishing, tests in the heads."""

import datetime
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.errors import InvalidRecords, ParameterError, UnknownQuery
from hostagegraph.parameters import TYPES, short
from hostagegraph.queries import Catalogue, SavedQuery
from hostagegraph.query_files import HEAD_KEYS
from hostagegraph.query_lints import masked
from hostagegraph.vocabulary import DEFAULT_BASE as BASE

HEAD = """\
#+ summary: Claims that one source carries
#+ description: Every claim of the source, with the day on which it was published.
#+ tags: [claims, sources]
#+ params:
#+   source: {type: iri, label: Source work}
#+   since: {type: 'xsd:date', label: Not before, required: false}
#+ columns:
#+   claim: {label: Claim}
#+   gist: {label: What is claimed, link: claim}
#+ claim: ?claim
#+ tests:
#+   - {params: {source: source/example-gazette-1900}, rows: [{day: 1900-01-01}]}
"""
BODY = """\
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?claim ?gist ?day WHERE {
  VALUES ?source { <id/source/example-gazette-1900> }
  VALUES ?since { "1900-01-01"^^xsd:date }
  ?claim hg:inSource ?source ; hg:gist ?gist ; hg:startMin ?day .
  FILTER (!BOUND(?since) || ?day >= ?since)
} ORDER BY ?claim
"""
DATA = """\
@prefix hg: <https://w3id.org/hostagegraph/ns#> .
@prefix id: <https://w3id.org/hostagegraph/id/source/> .
@prefix eg: <https://w3id.org/hostagegraph/id/example-gazette-1900/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:example-gazette-1900 a hg:SourceWork .
eg:c0101-01 hg:inSource id:example-gazette-1900 ; hg:gist "One"@en ;
  hg:startMin "1900-01-01"^^xsd:date .
"""


def load(folder: Path, base: str = BASE, **texts: str) -> Catalogue:
    queries = folder / "queries"
    queries.mkdir(exist_ok=True)
    for name, text in texts.items():
        (queries / f"{name.replace('_', '-')}.rq").write_text(text, encoding="utf-8")
    return Catalogue.load(queries, base)


def problems(folder: Path, **texts: str) -> list[str]:
    with pytest.raises(InvalidRecords) as caught:
        load(folder, **texts)
    return [str(problem) for problem in caught.value.problems]


def only_problem(folder: Path, text: str) -> str:
    (found,) = problems(folder, claims=text)
    return found


def echo(folder: Path, kind: str, more: str = "", example: str = '"x"') -> SavedQuery:
    """Make a query that gives back its parameter."""
    head = f"#+ summary: Echo\n#+ params: {{it: {{type: '{kind}', {more}}}}}\n"
    prefixes = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    text = f"{head}{prefixes}SELECT ?it WHERE {{\n  VALUES ?it {{ {example} }}\n}}\n"
    return load(folder, echo=text).get("echo")


@pytest.fixture
def query(tmp_path: Path) -> SavedQuery:
    return load(tmp_path, claims=HEAD + BODY).get("claims")


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SavedQuery]:
    folder = tmp_path_factory.mktemp("echoes")
    kinds = {
        "string": '"x"',
        "langString": '"x"@en',
        "iri": "<https://example.org/x>",
        "xsd:date": '"1900-01-01"^^xsd:date',
        "xsd:integer": "1",
        "xsd:decimal": "1.5",
    }
    return {kind: echo(folder, kind, "multiple: true", example) for kind, example in kinds.items()}


def answer(query: SavedQuery, *values: str) -> list[ox.NamedNode | ox.Literal]:
    results = ox.Store().query(query.fill({"it": values}))
    assert isinstance(results, ox.QuerySolutions)
    return [row["it"] for row in results]


def wrong(query: SavedQuery, **values: str | list[str]) -> dict[str, str]:
    given = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
    with pytest.raises(ParameterError) as caught:
        query.fill(given)
    return caught.value.problems


# What a head says


def test_a_head_becomes_a_saved_query(query: SavedQuery) -> None:
    assert (query.name, query.summary) == ("claims", "Claims that one source carries")
    assert query.tags == ("claims", "sources")
    assert (query.kind, query.view, query.claim) == ("solutions", "table", "claim")
    assert query.variables == ("claim", "gist", "day")
    assert query.columns["gist"].link == "claim"
    assert query.text == HEAD + BODY
    assert re.fullmatch("[0-9a-f]{64}", query.digest)


def test_the_order_of_parameters_is_that_of_the_head(query: SavedQuery) -> None:
    source, since = query.params
    assert (source.name, source.label, source.required) == ("source", "Source work", True)
    assert (since.name, since.type, since.droppable) == ("since", "xsd:date", True)


def test_the_example_is_read_from_the_values_line(query: SavedQuery) -> None:
    assert [param.example for param in query.params] == [
        ("source/example-gazette-1900",),
        ("1900-01-01",),
    ]


def test_a_short_form_names_the_type_alone(tmp_path: Path) -> None:
    text = "#+ summary: Echo\n#+ params: {one_word: iri}\nSELECT * {\n"
    found = load(tmp_path, echo=text + "VALUES ?one_word { <https://example.org/> }\n}")
    (param,) = found.get("echo").params
    assert (param.type, param.label, param.required) == ("iri", "One word", True)


def test_queries_are_sorted_by_name(tmp_path: Path) -> None:
    text = "#+ summary: Anything\nASK {}"
    found = load(tmp_path, b_two=text, a_one=text)
    assert [each.name for each in found.queries] == ["a-one", "b-two"]


def test_an_unknown_name_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    found = load(tmp_path, claims=HEAD + BODY)
    with pytest.raises(UnknownQuery, match="did you mean claims"):
        found.get("claim")


def test_a_folder_that_is_missing_has_no_queries(tmp_path: Path) -> None:
    assert Catalogue.load(tmp_path / "none").queries == ()


@pytest.mark.parametrize(
    ("text", "kind"), [("ASK {}", "boolean"), ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "graph")]
)
def test_the_kind_of_a_query_is_read_from_its_text(tmp_path: Path, text: str, kind: str) -> None:
    assert load(tmp_path, it="#+ summary: Any\n" + text).get("it").kind == kind


# Mistakes in a file


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("#+ summary: Claims that one source carries\n", "", "1:1: the head has no summary"),
        ("#+ tags:", "#+ tagz:", "3:4: tagz: unknown key (did you mean tags?)"),
        ("#+ tags: [claims, sources]", "#+ query: x", "3:4: query: grlc overwrites this key"),
        ("#+ params:", "#+ params: [", "6:1: the head cannot be read"),
        ("#+ claim: ?claim", "#+ claim: ?clam", "claim: the result has no column ?clam (did"),
        ("link: claim}", "link: clim}", "columns.gist: the result has no column ?clim"),
        ("{label: Claim}", "{lable: Claim}", "columns.claim.lable: unknown key (did you mean"),
        ("type: iri,", "type: uri,", "5:15: params.source.type: unknown type; expected one of iri"),
        ("label: Source work}", "requird: no}", "5:26: params.source.requird: unknown key (did"),
        ("label: Not before, required: false", "required: 'no'", "expected true or false"),
        ("  VALUES ?source { <id/source/example-gazette-1900> }\n", "", "0 lines `VALUES ?source"),
        ("ORDER BY", "ODER BY", "21:9: the query does not parse"),
        ("?day >= ?since", "?day >= ?_since", "grlc takes ?_since for a parameter"),
        ("rows: [", "rws: [", "tests[0].rws: unknown key (did you mean rows?)"),
        ("[{day: ", "[{dy: ", "tests[0].rows[0].dy: the result has no col"),
        ("{params: {source: s", "{params: {sorce: s", "sorce: unknown parameter (did you mean so"),
        ("!BOUND(?since) || ", "", "20:1: params.since: without a value this finds nothing"),
        ("label: Source work", "default: agent", 'params.source.default: "agent" is no IRI'),
        ("label: Source work", "enum_query: claim", "params.source.enum_query: no saved query"),
        ("label: Source work", "pattern: '('", "params.source.pattern: not a regular expression"),
        ("label: Source work", "pattern: 'x'", "params.source.example: "),
        ("label: Source work", "values: {a: [hg:Clam]}", "params.source.enum: "),
        ("  since: {", "  source: {", "6:6: params.source: the key stands twice"),
        ("  since: {", "  Since: {", "6:6: params.Since: not a name for a parameter"),
        ("  since: {", "  page: {", "6:6: params.page: not a name for a parameter"),
        ("#+ claim: ?claim", "#+ view: globe", "10:4: view: unknown view; expected one of table"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in HEAD + BODY
    found = problems(tmp_path, claims=(HEAD + BODY).replace(old, new, 1))
    assert any(told in each for each in found), found
    assert all(each.startswith("queries/claims.rq:") for each in found)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("VALUES ?source {\n <id/x> }", "17:1: params.source: write `VALUES ?source { … }` on one"),
        ("VALUES\n ?source { <id/x> }", "17:1: params.source: write `VALUES ?source { … }` on one"),
        ("VALUES (?source) { (<id/x>) }", "params.source: write `VALUES ?source { … }` on one"),
        ("VALUES ?source { <id/x> } ?a ?b ?c .", "params.source: write `VALUES ?source { … }` on"),
        ("VALUES ?source { <id/a> }\nVALUES ?source { <id/b> }", "params.source: 2 lines `VALUES"),
        ('VALUES ?source { "Gazette" }', '"Gazette" is no IRI to ask for'),
        ("VALUES ?source { <id/source/a> <id/source/b> }", "example: 2 values given; it takes one"),
    ],
)
def test_a_values_line_stands_once_on_one_line(tmp_path: Path, line: str, told: str) -> None:
    old = "VALUES ?source { <id/source/example-gazette-1900> }"
    found = only_problem(tmp_path, (HEAD + BODY).replace(old, line))
    assert told in found


@pytest.mark.parametrize(
    "filtered",
    [
        "FILTER (?source = <id/source/example-gazette-1900>)",
        "FILTER(hg:Claim=?kind)",
        "FILTER (?day > ?other && ?kind = hg:Claim)",
        "FILTER (?kind IN (hg:Claim, hg:Leak))",
    ],
)
def test_a_filter_that_scans_is_refused(tmp_path: Path, filtered: str) -> None:
    text = (HEAD + BODY).replace("} ORDER", f"{filtered} }} ORDER")
    assert "this FILTER scans everything" in only_problem(tmp_path, text)


@pytest.mark.parametrize(
    "filtered",
    [
        "FILTER (?source != <id/source/example-gazette-1900>)",
        "FILTER (?kind NOT IN (hg:Claim, hg:Leak))",
        "FILTER (?day = xsd:date(?other))",
        "FILTER (STR(?kind) = '?kind = hg:Claim') # FILTER(?kind = hg:Claim)",
        "FILTER (?kind = hg:Claim || ?day > ?other)",
        "FILTER NOT EXISTS { ?claim hg:inSource ?other . FILTER (?other != ?source) }",
        "FILTER (!BOUND(?since) || EXISTS { ?claim a ?kind . FILTER (?day < ?other) })",
    ],
)
def test_a_filter_that_is_needed_is_left_alone(tmp_path: Path, filtered: str) -> None:
    load(tmp_path, claims=(HEAD + BODY).replace("} ORDER", f"{filtered}\n}} ORDER"))


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "Not_Kebab.rq").write_text("#+ summary: It\nASK {}")
    (tmp_path / "queries" / "not-text.rq").write_bytes(b"\xff")
    found = problems(
        tmp_path,
        one="#+ tagz: x\nSELECT * {",
        two="#+ summary: [a]\n#+ tests: {}\n#+ columns: 3\nASK {}",
        zero="#+ - x\nASK {}",
    )
    assert [each.split(": ")[0] for each in found] == [
        "queries/Not_Kebab.rq:1:1",
        "queries/not-text.rq:1:1",
        "queries/one.rq:1:1",
        "queries/one.rq:1:4",
        "queries/one.rq:2:11",
        "queries/two.rq:1:4",
        "queries/two.rq:2:4",
        "queries/two.rq:3:4",
        "queries/zero.rq:1:1",
    ]


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("{sources: x}", "tests[0]: the test expects nothing"),
        ("{row_count: 0}", "tests[0]: say under `reason` why nothing is the right answer"),
        ("{rows: []}", "tests[0]: say under `reason` why nothing is the right answer"),
        ("{row_count: many}", "tests[0].row_count: expected a number of rows"),
        ("{rows: 3}", "tests[0].rows: expected a list of rows"),
        ("{rows: [[a, b]]}", "tests[0].rows[0]: 2 cells; the result has 1 columns"),
        ("{rows: [3]}", "tests[0].rows[0]: expected a mapping"),
        ("{min_rows: 1, reason: [a]}", "tests[0].reason: expected a text"),
    ],
)
def test_a_test_that_cannot_be_run_is_refused(tmp_path: Path, test: str, told: str) -> None:
    text = f"#+ summary: All\n#+ tests: [{test}]\nSELECT ?s {{ ?s ?p ?o }}"
    assert told in only_problem(tmp_path, text)


# Filling


def test_the_file_as_it_stands_and_the_filled_text_differ_in_the_values_alone(
    query: SavedQuery,
) -> None:
    filled = query.fill({"source": ["agent/x"], "since": ["1900-02-01"]})
    changed = [
        (old, new)
        for old, new in zip(query.text.split("\n"), filled.split("\n"), strict=True)
        if old != new
    ]
    assert [new for _, new in changed] == [
        f"  VALUES ?source {{ <{BASE}id/agent/x> }}",
        '  VALUES ?since { "1900-02-01"^^<http://www.w3.org/2001/XMLSchema#date> }',
    ]


def test_the_line_of_an_absent_optional_parameter_is_dropped(query: SavedQuery) -> None:
    filled = query.fill({"source": ["agent/x"]})
    assert "VALUES ?since" not in filled
    assert len(filled.split("\n")) == len(query.text.split("\n")) - 1


def test_an_empty_text_counts_as_absent(query: SavedQuery) -> None:
    assert query.fill({"source": ["agent/x"], "since": [""]}) == query.fill({"source": ["agent/x"]})


def test_a_plain_text_is_one_value(query: SavedQuery) -> None:
    assert query.fill({"source": "agent/x"}) == query.fill({"source": ["agent/x"]})


def test_every_problem_is_told_by_name(query: SavedQuery) -> None:
    found = wrong(query, sources="x", since=["1900-02-30", "1900-02-01"])
    assert found == {
        "sources": "unknown parameter (did you mean source?)",
        "source": "missing; a value is needed",
        "since": "2 values given; it takes one",
    }


def test_several_values_are_written_once_each(echoes: dict[str, SavedQuery]) -> None:
    assert answer(echoes["xsd:integer"], "1", "2", "1") == [ox.Literal(1), ox.Literal(2)]


def test_each_of_several_values_is_checked(echoes: dict[str, SavedQuery]) -> None:
    found = wrong(echoes["xsd:integer"], it=["one", "2", "three"])["it"]
    assert '"one" is no xsd:integer' in found
    assert '"three" is no xsd:integer' in found


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("hg:AnonymousSource", BASE + "ns#AnonymousSource"),
        ("id/agent/example-gazette", BASE + "id/agent/example-gazette"),
        ("agent/example-gazette", BASE + "id/agent/example-gazette"),
        ("example-gazette-1900/c0101-01", BASE + "id/example-gazette-1900/c0101-01"),
        ("https://example.org/a b".replace(" ", "%20"), "https://example.org/a%20b"),
        ("http://example.org/é", "http://example.org/é"),
    ],
)
def test_an_iri_may_be_written_short(echoes: dict[str, SavedQuery], given: str, meant: str) -> None:
    assert answer(echoes["iri"], given) == [ox.NamedNode(meant)]


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
def test_a_hostile_iri_is_refused(echoes: dict[str, SavedQuery], hostile: str) -> None:
    assert set(wrong(echoes["iri"], it=hostile)) == {"it"}


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
def test_a_bad_value_is_refused(echoes: dict[str, SavedQuery], kind: str, bad: str) -> None:
    assert set(wrong(echoes[kind], it=bad)) == {"it"}


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
def test_each_datatype_takes_its_forms(tmp_path: Path, kind: str, good: str) -> None:
    query = echo(tmp_path, kind, "", f'"{good}"^^{kind}')
    assert answer(query, good) == [
        ox.Literal(good, datatype=ox.NamedNode(kind.replace("xsd:", XSD)))
    ]
    assert "give one such as" in wrong(query, it="x")["it"]


XSD = "http://www.w3.org/2001/XMLSchema#"


def test_a_message_shows_no_control_character_and_no_long_value(
    echoes: dict[str, SavedQuery],
) -> None:
    found = wrong(echoes["xsd:date"], it="\x1b[31m" + "x" * 500)["it"]
    assert "\x1b" not in found
    assert len(found) < 150


def test_a_default_stands_for_an_absent_value(tmp_path: Path) -> None:
    query = echo(tmp_path, "xsd:integer", "default: [7]", "1")
    assert answer(query) == [ox.Literal(7)]
    assert not query.params[0].droppable


def test_an_enum_takes_its_values_alone(tmp_path: Path) -> None:
    query = echo(
        tmp_path,
        "iri",
        "enum: {'hg:denies': denies, 'hg:doubts': doubts}",
        "<https://w3id.org/hostagegraph/ns#denies>",
    )
    assert answer(query, "hg:doubts") == [ox.NamedNode(BASE + "ns#doubts")]
    assert answer(query, BASE + "ns#doubts") == [ox.NamedNode(BASE + "ns#doubts")]
    assert "is not one of hg:denies, hg:doubts" in wrong(query, it="hg:asserts")["it"]
    assert "did you mean hg:denies" in wrong(query, it="hg:denied")["it"]


def test_a_list_is_an_enum_whose_labels_are_its_values(tmp_path: Path) -> None:
    query = echo(tmp_path, "string", "enum: [x, y]")
    assert query.params[0].enum == {"x": "x", "y": "y"}
    assert set(wrong(query, it="")) == {"it"}


def test_one_value_of_an_enum_may_stand_for_several_terms(tmp_path: Path) -> None:
    more = (
        "default: strict, values: {strict: ['hg:AnonymousSource', 'hg:PseudonymousSource'], "
        "broad: ['hg:UnnamedSource']}"
    )
    example = f"<{BASE}ns#AnonymousSource> <{BASE}ns#PseudonymousSource>"
    query = echo(tmp_path, "iri", more, example)
    strict = [ox.NamedNode(BASE + f"ns#{name}Source") for name in ("Anonymous", "Pseudonymous")]
    assert answer(query) == strict
    assert answer(query, "strict") == strict
    assert answer(query, "broad") == [ox.NamedNode(BASE + "ns#UnnamedSource")]
    assert "not one of strict, broad" in wrong(query, it="hg:UnnamedSource")["it"]
    assert query.params[0].example == ("strict",)
    assert query.params[0].enum == {"strict": "strict", "broad": "broad"}


def test_a_pattern_must_fit_the_whole_value(tmp_path: Path) -> None:
    query = echo(tmp_path, "string", "pattern: '[a-z]+'")
    assert answer(query, "abc") == [ox.Literal("abc")]
    assert "does not fit the pattern" in wrong(query, it="abc1")["it"]


# Whatever is given comes back, and nothing else happens

SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@given(text=SAFE)
def test_any_string_comes_back_unchanged(echoes: dict[str, SavedQuery], text: str) -> None:
    assert answer(echoes["string"], text) == [ox.Literal(text)]


@given(text=SAFE, language=st.sampled_from(["en", "he", "ar-latn", "en-gb"]))
def test_any_text_with_a_language_comes_back_unchanged(
    echoes: dict[str, SavedQuery], text: str, language: str
) -> None:
    found = answer(echoes["langString"], f"{text}@{language}")
    assert found == [ox.Literal(text, language=language)]


@given(day=st.dates())
def test_any_day_comes_back_unchanged(echoes: dict[str, SavedQuery], day: datetime.date) -> None:
    (found,) = answer(echoes["xsd:date"], day.isoformat())
    assert found.value == day.isoformat()


@given(number=st.integers(-(10**18) + 1, 10**18 - 1))
def test_any_number_comes_back_unchanged(echoes: dict[str, SavedQuery], number: int) -> None:
    (found,) = answer(echoes["xsd:integer"], str(number))
    assert found.value == str(number)


@given(tail=st.text(max_size=30))
def test_any_iri_comes_back_unchanged_or_is_refused(
    echoes: dict[str, SavedQuery], tail: str
) -> None:
    iri = f"https://example.org/{tail}"
    try:
        filled = echoes["iri"].fill({"it": [iri]})
    except ParameterError:
        return
    assert answer(echoes["iri"], iri) == [ox.NamedNode(iri)]
    assert len(filled.split("\n")) == len(echoes["iri"].text.split("\n"))


@given(kind=st.sampled_from(["string", "langString", "iri", "xsd:date"]), text=st.text())
def test_no_value_adds_a_line_or_a_second_value(
    echoes: dict[str, SavedQuery], kind: str, text: str
) -> None:
    for value in (text, f"{text}@en", f"https://example.org/{text}"):
        try:
            filled = echoes[kind].fill({"it": [value]})
        except ParameterError:
            continue
        assert filled.count("\n") == echoes[kind].text.count("\n")
        assert len(answer(echoes[kind], value)) == 1


# Another base


def test_a_catalogue_is_rebased_as_a_whole(tmp_path: Path) -> None:
    query = load(tmp_path, "https://example.org/kg/", claims=HEAD + BODY).get("claims")
    assert BASE not in query.text
    assert "<https://example.org/kg/id/agent/x>" in query.fill({"source": ["agent/x"]})


def test_the_digest_changes_with_the_text(tmp_path: Path, query: SavedQuery) -> None:
    other = load(tmp_path, claims=HEAD + BODY + "# more").get("claims")
    assert other.digest != query.digest


# Publishing


def test_the_catalogue_is_published_as_shacl_executables(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        claims=HEAD + BODY,
        yes="#+ summary: Yes\nASK {}",
        all="#+ summary: All\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    )
    quads = list(found.quads())
    assert {str(quad.graph_name) for quad in quads} == {f"<{BASE}graph/queries>"}
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in quads)
    lines = {
        (short(quad.subject, BASE), short(quad.predicate, BASE).strip("<>").rpartition("#")[2])
        for quad in quads
    }
    assert lines == {
        *(("query/claims", each) for each in ("type", "label", "select", "comment", "keyword")),
        *(("query/yes", each) for each in ("type", "label", "ask")),
        *(("query/all", each) for each in ("type", "label", "construct")),
    }


def test_a_published_text_is_the_whole_file(query: SavedQuery, tmp_path: Path) -> None:
    quads = load(tmp_path, claims=HEAD + BODY).quads("https://example.org/kg/")
    (text,) = (each.object for each in quads if each.predicate.value.endswith("#select"))
    assert isinstance(text, ox.Literal)
    assert text.value == query.text.replace(BASE, "https://example.org/kg/")


# Tests in the heads


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    graph = ox.NamedNode(BASE + "graph/example-gazette-1900")
    store.bulk_load(DATA.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def outcome(folder: Path, store: ox.Store, test: str) -> tuple[str, ...]:
    text = "\n".join(line for line in HEAD.split("\n") if "params: {source" not in line)
    entry = f"#+   - {{params: {{source: source/example-gazette-1900}}, {test}}}\n"
    return load(folder, claims=text + entry + BODY).run_tests(store)


@pytest.mark.parametrize(
    "test",
    [
        "min_rows: 1",
        "row_count: 1",
        "rows: [[example-gazette-1900/c0101-01, One, 1900-01-01]]",
        "rows: [{gist: One, day: 1900-01-01}]",
        "contains: [{day: 1900-01-01}]",
        "row_count: 7, sources: example-weekly-1901",
        "row_count: 1, sources: [example-gazette-1900]",
    ],
)
def test_a_test_that_holds_says_nothing(tmp_path: Path, store: ox.Store, test: str) -> None:
    assert outcome(tmp_path, store, test) == ()


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("min_rows: 2", "expected 2 rows or more, found 1"),
        ("row_count: 2", "expected 2 rows, found 1"),
        ("rows: [], reason: Nothing", "expected no rows, found 1"),
        ("rows: [{gist: One}, {gist: One}]", "missing row {gist: One}"),
        ("contains: [{gist: Two}]", "no row holds {gist: Two}"),
    ],
)
def test_a_test_that_fails_says_how(tmp_path: Path, store: ox.Store, test: str, told: str) -> None:
    (found,) = outcome(tmp_path, store, test)
    assert found == f"queries/claims.rq:12: {told}"


def test_rows_are_compared_as_often_as_they_come(tmp_path: Path, store: ox.Store) -> None:
    assert len(outcome(tmp_path, store, "rows: [{gist: Two}]")) == 2


def test_questions_and_graphs_can_be_tested_too(tmp_path: Path, store: ox.Store) -> None:
    found = load(
        tmp_path,
        yes="#+ summary: Yes\n#+ tests: [{rows: [['true']]}, {rows: [[no]]}]\nASK { ?s ?p ?o }",
        graph=(
            "#+ summary: All\n#+ tests: [{contains: [{object: One}]}, {row_count: 4}]\n"
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
        ),
    )
    assert [each.split(": ", 1)[1] for each in found.run_tests(store)] == [
        "missing row {boolean: false}",
        "unexpected row {boolean: true}",
    ]


# Reading SPARQL


def test_strings_comments_and_iris_are_masked_in_place() -> None:
    text = """<a#b> 'it' "a" # ?z\n?a < ?b '''x\ny'''"""
    assert masked(text) == """<iii> '  ' " "     \n?a < ?b '   \n   '"""
    assert len(masked(text)) == len(text)


def test_short_forms_say_what_is_no_iri_of_ours() -> None:
    assert short(ox.NamedNode("https://example.org/"), BASE) == "<https://example.org/>"
    assert short(ox.NamedNode(BASE + "graph/shared"), BASE) == "graph/shared"
    assert short(ox.BlankNode("b"), BASE) == "_:b"


def test_head_keys_and_types_are_the_documented_ones() -> None:
    assert {"summary", "description", "tags", "params", "columns", "tests"} <= set(HEAD_KEYS)
    assert {"iri", "string", "langString", "xsd:date"} <= set(TYPES)
