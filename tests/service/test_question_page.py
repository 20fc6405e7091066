"""The page of a question without a browser: who says so in each row, days, sources, views."""

import html
import re

import httpx
import pytest

from tests.service.conftest import Service

HTML = {"Accept": "text/html"}
OFFICIALS = "/queries/statements-by-anonymous-officials"
LEAKS = "/queries/leak-paths"
TABLE = re.compile(r'<tbody class="record">(.*?)</tbody>', re.DOTALL)


def show(site: Service, path: str, status: int = 200) -> str:
    response = site.client.get(path, headers=HTML)
    assert response.status_code == status, response.text
    return response.text


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def test_every_row_that_declares_a_claim_has_its_voices(site: Service) -> None:
    seen = 0
    for query in site.serving.catalogue.queries:
        fields = {param.name: param.example[0] for param in query.params if not param.droppable}
        at = f"/queries/{query.name}"
        found = site.client.get(f"{at}.json", params=fields).json() if query.claim else {}
        rows = [row for row in found.get("results", {}).get("bindings", []) if query.claim in row]
        if not rows:
            continue
        page = site.client.get(at, params={**fields, "view": "table"}, headers=HTML).text
        records = TABLE.findall(page)
        assert len(records) == len(rows), query.name
        for row, record in zip(rows, records, strict=True):
            number = row[query.claim]["value"].rpartition("/c")[2]
            assert f"claim {number}" in words(record), query.name
            assert 'class="says"' in record
            assert "Example" in words(record)
        seen += 1
    assert seen > 25


def test_a_denial_stands_in_the_row_and_not_only_in_what_opens(site: Service) -> None:
    rows = TABLE.findall(show(site, OFFICIALS))
    closed = [words(row.partition("<details>")[0]) for row in rows]
    assert [("denied by" in row) for row in closed] == [("diplomats said" in row) for row in closed]
    assert any("denied by Basil Thrumm" in row for row in closed)


def test_two_bounds_are_one_day_and_a_begin_that_nobody_tells_is_said(site: Service) -> None:
    page = show(site, OFFICIALS)
    assert "3 Jan 1900" in words(page)
    assert "by 8 Jan 1900 start unknown" in words(page)
    assert '<th scope="col">Day</th>' in page
    assert '<th scope="col">Earliest day</th>' not in page


def test_what_is_alike_in_all_rows_is_said_once(site: Service) -> None:
    page = show(site, OFFICIALS)
    assert "In every row: Source work Example Gazette, 8 January 1900" in words(page)
    assert '<th scope="col">Source work</th>' not in page


def test_the_switch_says_what_each_choice_of_sources_leaves(site: Service) -> None:
    page = show(site, LEAKS)
    told = dict(re.findall(r'name="sources" value="([^"]*)".*?class="count">(\d+)<', page))
    assert set(told) == {"", "on-record", "first-hand", "no-leaks", "min-voices:2"}
    for sources, count in told.items():
        answer = site.client.get(f"{LEAKS}.csv", params={"sources": sources})
        assert answer.headers["x-row-count"] == count, sources


def test_a_combination_of_sources_has_a_place_on_the_switch(site: Service) -> None:
    page = show(site, f"{LEAKS}?sources=on-record,first-hand")
    assert re.search(r'value="first-hand,on-record" checked', page)


def test_a_value_that_no_list_knows_stays_in_its_field(site: Service) -> None:
    page = show(site, f"{OFFICIALS}?source=source/no-such-source")
    assert '<option value="source/no-such-source" selected>' in page
    assert "Why is it empty?" in page


@pytest.mark.parametrize("view", ["table", "timeline", "network", "chart", "ledger"])
def test_a_view_changes_nothing_of_the_answer(site: Service, view: str) -> None:
    plain = site.client.get(f"{OFFICIALS}.csv")
    asked = site.client.get(f"{OFFICIALS}.csv", params={"view": view})
    assert asked.content == plain.content
    assert asked.headers["etag"] == plain.headers["etag"]
    page = words(show(site, f"{OFFICIALS}?view={view}"))
    assert ("cannot be shown as a" in page) == (view in {"network", "chart"})


def test_an_unknown_view_is_refused_with_the_nearest(site: Service) -> None:
    page = words(show(site, f"{OFFICIALS}?view=timelin", status=422))
    assert "no view is called" in page
    assert "timeline" in page


def test_many_rows_come_in_parts_and_the_next_part_is_a_link(site: Service) -> None:
    page = show(site, f"{OFFICIALS}?per_page=3&view=ledger")
    assert "The first 3 rows" in words(page)
    following = re.search(r'href="([^"]*)" rel="next"', page)
    assert following
    more = show(site, html.unescape(following[1]))
    assert "Rows 4 to 4" in words(more)
    assert 'aria-current="true">Ledger' in more


def test_code_for_elsewhere_asks_the_same(site: Service) -> None:
    page = show(site, f"{OFFICIALS}?scope=broad&sources=no-leaks")
    for name in ("curl", "python", "r", "javascript"):
        code = page[page.index(f'id="from-{name}"') :].partition("</details>")[0]
        assert "broad" in code
        assert "no-leaks" in code


def test_the_workbench_begins_from_a_saved_query_without_running_it(site: Service) -> None:
    page = show(site, "/sparql?from=sources")
    assert "#+" not in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "<h2>Answer</h2>" not in page
    show(site, "/sparql?from=no-such-query", status=404)


def test_an_editor_is_told_terms_with_their_definitions(site: Service) -> None:
    told = site.client.get("/sparql/terms").json()
    terms = {term["name"]: term for term in told["terms"]}
    assert told["prefixes"]["hg"] == f"{site.serving.base}ns#"
    assert terms["hg:Claim"]["kind"] == "class"
    assert terms["hg:inSource"]["kind"] == "property"
    assert terms["hg:denies"]["kind"] == "value"
    assert len(terms["hg:Claim"]["definition"]) > 20
    assert terms["rdfs:label"]["kind"] == "property"


@pytest.mark.parametrize("asked", ["thrumm", "THRUMM basil"])
def test_an_editor_finds_things_by_words_of_their_labels(site: Service, asked: str) -> None:
    found = site.client.get("/sparql/things", params={"q": asked}).json()
    entry = {each["label"]: each for each in found}["Basil Thrumm"]
    assert entry["iri"] == f"{site.serving.base}id/agent/basil-thrumm"
    assert entry["kind"]


@pytest.mark.parametrize("asked", ["", " ", '"', "\\", "$WORDS", ")) } #", "\u0000", "x" * 5000])
def test_an_editor_may_ask_for_any_words(site: Service, asked: str) -> None:
    response: httpx.Response = site.client.get("/sparql/things", params={"q": asked})
    assert response.status_code == 200
    assert response.json() == []


@pytest.mark.parametrize("host", ["[", "a b", "<script>", "localhost:x", "[::1"])
def test_a_strange_host_breaks_no_page(site: Service, host: str) -> None:
    response = site.client.get(OFFICIALS, headers={**HTML, "Host": host})
    assert response.status_code in {200, 400, 421}
    assert "<script>" not in response.text
