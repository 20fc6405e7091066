"""Reading the file of a saved query: what its head says, and every mistake with its place."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph.errors import InvalidRecords
from hostagegraph.query_files import read_query
from hostagegraph.saved_query import QueryTest, SavedQuery
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


def read(folder: Path, text: str, name: str = "claims", base: str = BASE) -> SavedQuery:
    queries = folder / "queries"
    queries.mkdir(exist_ok=True)
    path = queries / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return read_query(path, ("agents", name), base)


def problems(folder: Path, text: str, name: str = "claims") -> list[str]:
    with pytest.raises(InvalidRecords) as caught:
        read(folder, text, name)
    return [str(problem) for problem in caught.value.problems]


def only_problem(folder: Path, text: str) -> str:
    (found,) = problems(folder, text)
    return found


def test_a_query_without_a_title_is_listed_by_its_summary(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + BODY).title == "Claims that one source carries"
    assert read(tmp_path, f"#+ title: One source\n{HEAD}{BODY}").title == "One source"


def test_a_title_fits_a_line_of_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, f"#+ title: {'x' * 60}\n{HEAD}{BODY}").title == "x" * 60
    told = only_problem(tmp_path, f"#+ title: {'x' * 61}\n{HEAD}{BODY}")
    assert told == "queries/claims.rq:1:4: title: 61 characters; a title has 1 to 60"


def test_topics_are_the_tags_that_say_something(tmp_path: Path) -> None:
    text = HEAD.replace("[claims, sources]", "[claims, q38, q]")
    assert read(tmp_path, text + BODY).topics == ("claims", "q")


def echo(param: str, example: str) -> str:
    """Write a query that gives back its parameter."""
    head = f"#+ summary: Echo\n#+ params: {{{param}}}\n"
    return f"{head}SELECT ?it WHERE {{\n  VALUES ?it {{ {example} }}\n}}\n"


@pytest.fixture
def query(tmp_path: Path) -> SavedQuery:
    return read(tmp_path, HEAD + BODY)


# What a head says


def test_a_head_becomes_a_saved_query(query: SavedQuery) -> None:
    assert (query.name, query.summary) == ("claims", "Claims that one source carries")
    assert query.tags == ("claims", "sources")
    assert (query.kind, query.view, query.claim) == ("solutions", "table", "claim")
    assert query.variables == ("claim", "gist", "day")
    assert query.columns["gist"].link == "claim"
    assert query.text == HEAD + BODY


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
    found = read(tmp_path, text + "VALUES ?one_word { <https://example.org/> }\n}")
    (param,) = found.params
    assert (param.type, param.label, param.required) == ("iri", "One word", True)


def test_a_list_is_an_enum_whose_labels_are_its_values(tmp_path: Path) -> None:
    (param,) = read(tmp_path, echo("it: {type: string, enum: [x, y]}", '"x"')).params
    assert param.enum == {"x": "x", "y": "y"}


def test_values_are_an_enum_and_name_the_example(tmp_path: Path) -> None:
    values = "{both: ['hg:AnonymousSource', 'hg:PseudonymousSource'], one: 'hg:UnnamedSource'}"
    example = f"<{BASE}ns#AnonymousSource> <{BASE}ns#PseudonymousSource>"
    (param,) = read(tmp_path, echo(f"it: {{type: iri, values: {values}}}", example)).params
    assert param.enum == {"both": "both", "one": "one"}
    assert param.values["one"] == ("hg:UnnamedSource",)
    assert param.example == ("both",)


def test_an_example_keeps_its_language(tmp_path: Path) -> None:
    (param,) = read(tmp_path, echo("it: langString", '"peace"@en')).params
    assert param.example == ("peace@en",)


def test_a_pick_list_is_another_saved_query(tmp_path: Path) -> None:
    text = echo("it: {type: iri, enum_query: agents}", "<https://example.org/>")
    assert read(tmp_path, text).params[0].enum_query == "agents"


def test_a_test_knows_its_line(query: SavedQuery) -> None:
    row = {"day": "1900-01-01"}
    source = {"source": ("source/example-gazette-1900",)}
    assert query.tests == (QueryTest(params=source, rows=(row,), line=12),)


def test_cells_of_a_list_follow_the_columns(tmp_path: Path) -> None:
    text = "#+ summary: All\n#+ tests: [{rows: [[a, 1], [true, null]]}]\nSELECT ?s ?p {}"
    (test,) = read(tmp_path, text).tests
    assert test.rows == ({"s": "a", "p": "1"}, {"s": "true", "p": ""})


@pytest.mark.parametrize(
    ("text", "kind"), [("ASK {}", "boolean"), ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "graph")]
)
def test_the_kind_of_a_query_is_read_from_its_text(tmp_path: Path, text: str, kind: str) -> None:
    assert read(tmp_path, "#+ summary: Any\n" + text).kind == kind


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
        ("#+ claim: ?claim", "#+ cache: 60", "10:4: cache: expected a mapping"),
        ("#+ claim: ?claim", "#+ cache: {}", "10:4: cache: say for how many seconds"),
        ("#+ claim: ?claim", "#+ cache: {max_age: -1}", "10:12: cache.max_age: expected a number"),
        (
            "#+ claim: ?claim",
            "#+ cache: {max_age: soon}",
            "cache.max_age: expected a number of sec",
        ),
        ("#+ claim: ?claim", "#+ cache: {age: 60}", "cache.age: unknown key (did you mean max_age"),
        ("{label: Claim}", "{type: uri}", "columns.claim.type: unknown type; expected one of iri"),
        ("  since: {", "  explain: {", "6:6: params.explain: not a name for a parameter"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in HEAD + BODY
    found = problems(tmp_path, (HEAD + BODY).replace(old, new, 1))
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


def test_all_mistakes_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = "#+ summary: [a]\n#+ tests: {}\n#+ columns: 3\nASK {"
    assert [each.split(": ")[0] for each in problems(tmp_path, text, "Not_Kebab")] == [
        "queries/Not_Kebab.rq:1:1",
        "queries/Not_Kebab.rq:1:4",
        "queries/Not_Kebab.rq:2:4",
        "queries/Not_Kebab.rq:3:4",
        "queries/Not_Kebab.rq:4:6",
    ]


def test_a_file_that_is_no_text_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "not-text.rq"
    path.write_bytes(b"\xff")
    with pytest.raises(InvalidRecords) as caught:
        read_query(path, ())
    (found,) = caught.value.problems
    assert "the file cannot be read as UTF-8" in found.message


def test_a_line_of_the_head_below_a_gap_is_a_mistake(tmp_path: Path) -> None:
    told = "the head cannot be read: this line of the head stands apart"
    for gap in ("", "# a remark", "SELECT * {}", " #+ indented: yes"):
        text = HEAD.replace("#+ columns", f"{gap}\n#+ columns") + BODY
        assert only_problem(tmp_path, text).startswith(f"queries/claims.rq:8:1: {told}"), gap
    assert only_problem(tmp_path, "\n" + HEAD + BODY).startswith("queries/claims.rq:2:1: ")


def test_a_head_that_yaml_cannot_hold_is_a_mistake(tmp_path: Path) -> None:
    assert "a character that a head cannot hold" in only_problem(
        tmp_path, "#+ summary: \x07\nASK {}"
    )
    text = "#+ summary: x\n#+ tests: [{rows: [{a: 1900-02-30}]}]\nASK {}"
    assert "a value is none: day" in only_problem(tmp_path, text)


def test_the_name_of_a_parameter_is_no_pattern(tmp_path: Path) -> None:
    found = problems(tmp_path, echo("'it[': iri", "<https://example.org/>"))
    assert any("not a name for a parameter" in each for each in found)


# Another base


def test_a_file_is_rebased_as_a_whole(tmp_path: Path) -> None:
    query = read(tmp_path, HEAD + BODY, base="https://example.org/kg/")
    assert BASE not in query.text
    assert "<https://example.org/kg/id/agent/x>" in query.fill({"source": ["agent/x"]})


def test_the_filled_text_runs(query: SavedQuery) -> None:
    filled = query.fill({"source": ["agent/x"], "since": ["1900-02-01"]})
    assert isinstance(ox.Store().query(filled), ox.QuerySolutions)


# Source policy

OBEYING = BODY.replace("  ?claim hg", "  VALUES ?claim { UNDEF }\n  ?claim hg")


def test_a_query_with_the_line_of_its_claim_obeys_policies(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + OBEYING)
    assert (found.policy, found.obeys_policies) == ({"claim": 19}, True)
    values = {"source": ["agent/x"], "since": ["1900-01-01"]}
    assert "UNDEF" not in found.fill(values)
    assert found.fill(values) == read(tmp_path, HEAD + BODY).fill(values)
    one = f"{BASE}id/example/c01-01"
    assert f"\nVALUES ?claim {{ <{one}> }}\n" in found.fill(values, [one])
    assert "\nVALUES ?claim {  }\n" in found.fill(values, [])


def test_a_query_without_the_line_obeys_none(query: SavedQuery) -> None:
    assert (query.policy, query.obeys_policies) == ({}, False)


def test_a_query_that_rests_on_two_claims_names_both(tmp_path: Path) -> None:
    head = HEAD.replace("#+ claim: ?claim", "#+ claim: claim\n#+ policy: [claim, '?other']")
    body = OBEYING.replace(
        "  ?claim hg", "  VALUES ?other { undef }\n  ?other ?of ?claim .\n  ?claim hg"
    )
    assert read(tmp_path, head + body).policy == {"claim": 20, "other": 21}


@pytest.mark.parametrize(
    ("head", "line", "told"),
    [
        ("claim: claim", "VALUES ?claim { <id/x/c01> }", "19:1: claim: write `VALUES ?claim { UND"),
        ("claim: claim", "VALUES ?claim { UNDEF <id/x> }", "19:1: claim: write `VALUES ?claim { U"),
        ("claim: claim", "VALUES (?claim) { (UNDEF) }", "19:1: claim: write `VALUES ?claim { … }`"),
        ("policy: [claim, day]", "VALUES ?claim { UNDEF }", "10:4: policy: 0 lines `VALUES ?day {"),
        ("policy: [claim, source]", "VALUES ?claim { UNDEF }", "?source is a parameter; a policy"),
        ("policy: [claim, claim]", "VALUES ?claim { UNDEF }", "a variable stands twice; keep one"),
        (
            "policy: [claim, x]",
            "VALUES ?claim { UNDEF }\nVALUES ?x { UNDEF }",
            "nothing else mentions",
        ),
        ("policy: [?claim]", "VALUES ?claim { UNDEF }", "policy[0]: expected a text"),
        (
            "policy: claim",
            "OPTIONAL {\n VALUES ?claim { UNDEF }\n }",
            "policy: VALUES ?claim stands in another group",
        ),
    ],
)
def test_a_policy_line_that_would_mislead_is_refused(
    tmp_path: Path, head: str, line: str, told: str
) -> None:
    text = HEAD.replace("claim: ?claim", head) + OBEYING.replace("VALUES ?claim { UNDEF }", line)
    found = problems(tmp_path, text)
    assert any(told in each for each in found), found


def test_the_claim_that_explains_the_rows_obeys_too(tmp_path: Path) -> None:
    head = HEAD.replace("#+ claim: ?claim", "#+ claim: claim\n#+ policy: other")
    body = BODY.replace(
        "  ?claim hg", "  VALUES ?other { UNDEF }\n  ?other ?of ?claim .\n  ?claim hg"
    )
    assert "?claim explains the rows; name it here too" in only_problem(tmp_path, head + body)


# Keeping answers


def test_an_answer_is_asked_for_each_time_unless_the_head_says_otherwise(
    tmp_path: Path, query: SavedQuery
) -> None:
    assert query.max_age == 0
    kept = HEAD.replace("#+ claim", "#+ cache: {max_age: 3600}\n#+ claim")
    assert read(tmp_path, kept + BODY).max_age == 3600
