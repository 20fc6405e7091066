"""The keys that grlc documents keep grlc's meaning: each key, what it means, what is refused."""

from pathlib import Path

import pytest

from hostagegraph.grlc import OVERWRITTEN
from hostagegraph.saved_query import SavedQuery
from tests.test_query_files import problems, read

BODY = """\
SELECT ?it ?day WHERE {
  VALUES ?it { "x" }
  VALUES ?day { "1900-01-01" }
  ?s ?it ?day .
}
"""
HEAD = """\
#+ summary: Echo
#+ params: {it: {type: string, required: false}, day: {type: string, label: Day}}
"""


def with_keys(folder: Path, keys: str, head: str = HEAD) -> SavedQuery:
    return read(folder, f"{head}{keys}\n{BODY}")


def refused(folder: Path, keys: str, head: str = HEAD) -> str:
    return "\n".join(problems(folder, f"{head}{keys}\n{BODY}"))


def test_summary_description_and_tags_are_texts_for_people(tmp_path: Path) -> None:
    found = with_keys(
        tmp_path, "#+ description: What a row is\n#+ tags:\n#+   - claims\n#+   - days"
    )
    assert found.summary == "Echo"
    assert found.description == "What a row is"
    assert found.tags == ("claims", "days")


def test_pagination_is_the_number_of_rows_of_a_page(tmp_path: Path) -> None:
    assert with_keys(tmp_path, "#+ pagination: 100").per_page == 100
    assert with_keys(tmp_path, "").per_page is None
    for wrong in ("0", "-1", "many", "true", "[1]"):
        told = refused(tmp_path, f"#+ pagination: {wrong}")
        assert "3:4: pagination: expected the number of rows of a page" in told, wrong


def test_method_is_the_one_http_method_of_the_operation(tmp_path: Path) -> None:
    assert with_keys(tmp_path, "").method == "GET"
    assert with_keys(tmp_path, "#+ method: GET").method == "GET"
    assert with_keys(tmp_path, "#+ method: post").method == "POST"
    assert "3:4: method: unknown method; expected GET or POST" in refused(
        tmp_path, "#+ method: PUT"
    )


def test_defaults_give_a_parameter_its_default(tmp_path: Path) -> None:
    day = with_keys(tmp_path, "#+ defaults:\n#+   - day: 1900-01-01\n#+   - it: x").params[1]
    assert (day.name, day.default) == ("day", ("1900-01-01",))


def test_a_default_needs_its_value(tmp_path: Path) -> None:
    assert "defaults[0]: say which value" in refused(tmp_path, "#+ defaults: [it]")
    assert "defaults[0].it: say which value" in refused(tmp_path, "#+ defaults: [{it: }]")


def test_enumerate_gives_a_parameter_its_values(tmp_path: Path) -> None:
    it = with_keys(tmp_path, "#+ enumerate:\n#+   - it:\n#+     - x\n#+     - y").params[0]
    assert list(it.enum) == ["x", "y"]
    # In grlc, a name alone takes the values from the endpoint: here, from the pick list.
    head = HEAD.replace("string, required", "string, enum_query: agents, required")
    assert with_keys(tmp_path, "#+ enumerate:\n#+   - it", head).params[0].enum_query == "agents"
    told = refused(tmp_path, "#+ enumerate:\n#+   - it")
    assert "4:8: enumerate[0]: give the values here, or name a pick list" in told


@pytest.mark.parametrize("key", ["default", "enum"])
def test_a_value_that_is_said_twice_alike_is_no_mistake(tmp_path: Path, key: str) -> None:
    grlc = {"default": "defaults", "enum": "enumerate"}[key]
    value = {"default": "x", "enum": "[x, y]"}[key]
    head = HEAD.replace("string, required", f"string, {key}: {value}, required")
    assert with_keys(tmp_path, f"#+ {grlc}: [{{it: {value}}}]", head).params[0].name == "it"
    told = refused(tmp_path, f"#+ {grlc}: [{{it: z}}]", head)
    assert f"{grlc}[0].it: contradicts `{key}` of the parameter; keep one" in told


@pytest.mark.parametrize("key", ["defaults", "enumerate"])
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("[{its: x}]", "[0].its: no parameter has this name (did you mean it?)"),
        ("[days]", "[0]: no parameter has this name (did you mean day?)"),
        ("{it: x}", ": expected a list with entries such as `- name: value`"),
        ("[3]", ": expected a list with entries such as `- name: value`"),
    ],
)
def test_entries_name_a_parameter_each(tmp_path: Path, key: str, value: str, told: str) -> None:
    assert f"{key}{told}" in refused(tmp_path, f"#+ {key}: {value}")


def test_a_default_that_does_not_fit_its_type_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("{type: string, label", "{type: 'xsd:date', label")
    assert 'params.day.default: "soon" is no xsd:date' in refused(
        tmp_path, "#+ defaults: [{day: soon}]", head
    )


def test_no_endpoint_is_asked_but_this_graph(tmp_path: Path) -> None:
    told = refused(tmp_path, "#+ endpoint: https://example.org/sparql")
    assert "endpoint: a saved query is asked of this graph alone" in told
    assert with_keys(tmp_path, "#+ endpoint_in_url: False").name == "claims"
    told = refused(tmp_path, "#+ endpoint_in_url: True")
    assert "endpoint_in_url: no endpoint can be chosen in the URL" in told


def test_the_way_from_grlc_to_its_endpoint_changes_no_answer(tmp_path: Path) -> None:
    with_it = with_keys(tmp_path, "#+ endpoint-method: GET")
    assert (
        with_it.fill({"day": "x"}).partition("SELECT")[2]
        == (with_keys(tmp_path, "").fill({"day": "x"}).partition("SELECT")[2])
    )
    assert "endpoint-method: unknown method" in refused(tmp_path, "#+ endpoint-method: PUT")


def test_results_keep_their_standard_forms(tmp_path: Path) -> None:
    told = refused(tmp_path, '#+ transform: {"key": "?p", "$anchor": "key"}')
    assert "transform: results keep their standard forms" in told


@pytest.mark.parametrize("key", OVERWRITTEN)
def test_what_grlc_overwrites_is_refused(tmp_path: Path, key: str) -> None:
    assert f"3:4: {key}: grlc overwrites this key" in refused(tmp_path, f"#+ {key}: x")
