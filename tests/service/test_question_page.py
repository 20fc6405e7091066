"""The page of a question without a browser: who says so in each row, days, sources, views."""

import html
import re

import httpx
import pytest

from tests.projects import SOURCE
from tests.service.conftest import Service
from tests.service.markup import words

HTML = {"Accept": "text/html"}
OFFICIALS = "/queries/statements-by-anonymous-officials"
LEAKS = "/queries/leak-paths"
TABLE = re.compile(r'<tbody class="record">(.*?)</tbody>', re.DOTALL)


def show(site: Service, path: str, status: int = 200) -> str:
    response = site.client.get(path, headers=HTML)
    assert response.status_code == status, response.text
    return response.text


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


def test_a_row_that_tells_of_a_denial_begins_with_it(site: Service) -> None:
    rows = TABLE.findall(show(site, f"{LEAKS}?view=table"))
    denials = [row for row in rows if re.search(r'class="term stance">.*?denies</bdi>', row)]
    assert len(denials) == 1
    (said,) = re.findall(r'<p class="says">(.*?)</p>', denials[0], re.DOTALL)
    assert words(said).startswith("Example Gazette")
    assert "passes on Basil Thrumm denies what is put forward by" in words(said)
    assert "Two Freedonian diplomats" in said
    assert "denied by" not in said
    others = [words(row) for row in rows if row not in denials]
    assert all("denies what is put forward" not in row for row in others)


def test_a_list_leaves_out_what_the_chain_beside_it_says(site: Service) -> None:
    page = show(site, f"{OFFICIALS}?view=ledger")
    entries = page.partition('<ol class="entries rows-by-day"')[2].partition("</ol>")[0]
    shown = {
        ("chain" in words(each), "Unnamed source" in each, "asserts" in each)
        for each in re.findall(r'<div class="what">(.*?)<div class="word">', entries, re.DOTALL)
    }
    assert shown == {(True, False, False), (False, True, False)}


def test_two_bounds_are_one_day_and_a_begin_that_nobody_tells_is_said(site: Service) -> None:
    page = show(site, OFFICIALS)
    assert "3 Jan" in words(page)
    assert "by 8 Jan start unknown" in words(page)
    assert '<th scope="col">Day, 1900</th>' in page
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


RECORD = "/queries/record-of-a-claim?claim=example-gazette-1900/c0103-06"


def test_a_graph_shows_its_account_and_names_what_it_ties_together(site: Service) -> None:
    page = show(site, RECORD)
    account = page.partition('class="account"')[2].partition('class="part"')[0]
    assert "Put forward, claim 0103-06" in words(account)
    assert "Two Freedonian diplomats" in account
    assert "Denied" in words(account)
    drawing = page.partition('<svg class="ways"')[2].partition("</svg>")[0]
    ties = re.findall(r'class="dealt( denied)?" aria-label="([^"]*)"', drawing)
    assert [told for denied, told in ties if denied and "Basil Thrumm" in told] != []
    assert any("assertor, asserts" in told and "diplomats" in told for _, told in ties)
    assert "example-gazette-1900/" not in words(drawing)
    assert "Curator" not in drawing
    assert "Characters" not in drawing


def test_a_network_says_what_was_not_done_and_gives_a_meeting_no_direction(site: Service) -> None:
    page = show(site, "/queries/network?source=source/example-gazette-1900&view=network")
    drawing = page.partition('<svg class="ways"')[2].partition("</svg>")[0]
    lines = [words(each) for each in re.findall(r'<a [^>]*class="dealt.*?</a>', drawing, re.S)]
    tips = [' class="tip"' in each for each in re.findall(r'class="dealt.*?</a>', drawing, re.S)]
    assert [line.partition(" ·")[0] for line in lines].count("met") == 3
    assert [line for line in lines if line.startswith("delayed: met")] != []
    assert tips == ["met" not in line for line in lines]
    assert sum(tips) == 4


def test_a_graph_says_of_each_thing_what_it_records(site: Service) -> None:
    things = show(site, RECORD).partition('<ol class="things"')[2].partition("</ol>")[0]
    found = [words(item) for item in things.split("<li>")[1:]]
    (denial,) = [each for each in found if "Basil Thrumm" in each and "denies" in each]
    assert denial.startswith("Voice b")
    assert "of claim Claim 0103-06" in denial
    assert "startMin" not in things
    assert not re.search(r"[0-9a-f]{64}", words(things))


def test_a_graph_is_a_table_of_named_triples_too(site: Service) -> None:
    page = show(site, f"{RECORD}&view=table")
    body = page.partition('<table class="triples')[2].partition("</table>")[0]
    count = len(site.client.get(RECORD.replace("?", ".nt?")).text.splitlines())
    assert body.count("<tr") == count + 1
    assert f"{count} triples , complete" in words(page)
    assert 'aria-current="true">Table' in page
    assert "https://w3id.org" not in words(body)
    assert "Two Freedonian diplomats" in words(page).partition("Thing Property Value")[0]
    unfit = words(show(site, f"{RECORD}&view=chart"))
    assert "cannot be shown as a chart" in unfit


def test_a_graph_of_a_claim_that_is_not_there_says_so(site: Service) -> None:
    page = words(show(site, "/queries/record-of-a-claim?claim=example-gazette-1900/c9999-99"))
    assert "0 triples , complete" in page
    assert "No triples." in page


def test_a_row_that_rests_on_no_claim_says_so(site: Service) -> None:
    for query in site.serving.catalogue.queries:
        fields = {param.name: param.example[0] for param in query.params if not param.droppable}
        page = site.client.get(
            f"/queries/{query.name}", params={**fields, "view": "table"}, headers=HTML
        ).text
        if query.kind != "solutions" or '<table class="reading">' not in page:
            continue
        rests = "none of them rests on a single claim" in page
        assert rests == (not query.claim), query.name
        bare = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
        assert all("Rests on no claim" in row for row in bare) or rests, query.name


def test_no_cell_is_left_blank_in_a_row_that_rests_on_a_claim(site: Service) -> None:
    seen = 0
    for query in site.serving.catalogue.queries:
        fields = {param.name: param.example[0] for param in query.params if not param.droppable}
        asked = {**fields, "view": "table"}
        page = site.client.get(f"/queries/{query.name}", params=asked, headers=HTML).text
        for record in TABLE.findall(page):
            cells = re.findall(r"<td data-label=[^>]*>(.*?)</td>", record, re.DOTALL)
            assert all(words(cell) for cell in cells), query.name
            assert not any(re.search(r"\bhg:|\.\./|\d{4}-\d\d-\d\d", words(cell)) for cell in cells)
            seen += len(cells)
    assert seen > 200


def test_what_an_empty_cell_says_comes_from_the_head(site: Service) -> None:
    rows = TABLE.findall(show(site, "/queries/claims-in-own-voice"))
    assert any('<span class="unsaid">nobody</span>' in row for row in rows)
    assert any("not settled" in row for row in TABLE.findall(show(site, "/queries/replies")))


def test_nodes_that_the_head_does_not_describe_are_left_out(site: Service) -> None:
    page = show(site, "/queries/chains-of-denied-claims")
    assert "Step of the chain" in page
    assert not re.search(
        r"c\d{4}-\d\d-[ab]\d", words(page.partition("<table")[2].partition("</table>")[0])
    )


def test_each_further_claim_of_a_row_stands_under_it_with_its_own_voice(site: Service) -> None:
    (row,) = TABLE.findall(show(site, "/queries/denied-claims"))
    first, second = re.findall(r'<p class="says">(.*?)</p>', row, re.DOTALL)
    assert words(first).startswith("Claim Example Gazette")
    assert "denied by Basil Thrumm" in words(first)
    assert words(second).startswith("Other explanation Example Gazette")
    assert 'class="gist"' in second


def test_a_table_of_results_is_told_the_names_of_its_things(site: Service) -> None:
    asked = ["agent/basil-thrumm", f"{SOURCE}/u-diplomats-0103", f"{SOURCE}/c0103-06-a1"]
    told = site.client.get("/sparql/names", params={"thing": asked}).json()
    assert told[asked[0]] == {"text": "Basil Thrumm", "language": "en", "unnamed": False}
    assert told[asked[1]]["unnamed"] is True
    assert told[asked[2]]["text"] == "Voice a1 of claim 0103-06"
    full = f"{site.serving.base}id/agent/basil-thrumm"
    assert site.client.get("/sparql/names", params={"thing": full}).json()[full]["text"]


@pytest.mark.parametrize("thing", ["", "a b", "<", "agent/nobody", "\u0000", "../ns", "x" * 5000])
def test_what_has_no_name_is_left_out(site: Service, thing: str) -> None:
    response = site.client.get("/sparql/names", params={"thing": thing})
    assert response.status_code == 200
    assert response.json() == {}


def test_names_are_told_for_a_hundred_things_at_once(site: Service) -> None:
    asked = [*(f"agent/a{n}" for n in range(100)), "agent/basil-thrumm"]
    assert site.client.get("/sparql/names", params={"thing": asked}).json() == {}
    assert len(site.client.get("/sparql/names", params={"thing": asked[1:]}).json()) == 1
