"""What may be asked of every saved query: who says so, whose word counts, pages."""

import csv
import io
import itertools
import re
from collections.abc import Iterator

import httpx
import pytest

from hostagegraph.errors import PolicyError
from hostagegraph.policies import POLICIES, read_policies
from hostagegraph.queries import Catalogue, SavedQuery
from hostagegraph.service.app import create_app
from hostagegraph.service.published import Published
from hostagegraph.service.questions.question import read_question
from hostagegraph.service.questions.said import COLUMNS
from hostagegraph.service.text.paging import why_no_pages
from hostagegraph.workers import Limits
from tests.projects import ROOT
from tests.service.conftest import Service, running
from tests.service.world import BASE as WORLD
from tests.service.world import QUERIES, catalogue_in, snapshot_in
from tests.test_policy_lines import BY_HAND, REFUSED, SHOWN
from tests.test_queries_folder import ASKED, CATALOGUE, TABLES

OFFICIALS = "/queries/statements-by-anonymous-officials"
LINK = re.compile(r'<([^<>]*)>; rel="(\w+)"')


def table(response: httpx.Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def links(response: httpx.Response) -> dict[str, str]:
    return {rel: at for at, rel in LINK.findall(response.headers.get("link", ""))}


# Who says so


def test_rows_are_explained_in_every_format(site: Service) -> None:
    (row, *_) = table(site.client.get(f"{OFFICIALS}.csv", params={"explain": "1"}))
    assert row["said_by"] == "senior harbour official"
    assert (row["attribution"], row["depth"]) == ("anonymous", "1")
    for suffix in ("tsv", "json", "xml"):
        text = site.client.get(f"{OFFICIALS}.{suffix}", params={"explain": "true"}).text
        assert all(name in text for name in COLUMNS)


def test_explained_rows_are_the_rows_with_more_columns(site: Service) -> None:
    plain = table(site.client.get(f"{OFFICIALS}.csv"))
    told = table(site.client.get(f"{OFFICIALS}.csv", params={"explain": "1"}))
    assert [{name: row[name] for name in plain[0]} for row in told] == plain
    assert list(told[0]) == [*plain[0], *COLUMNS]


def test_an_explained_answer_is_kept_apart_from_the_plain_one(site: Service) -> None:
    plain = site.client.get(f"{OFFICIALS}.csv")
    first = site.client.get(f"{OFFICIALS}.csv?explain=1")
    again = site.client.get(f"{OFFICIALS}.csv?explain=1")
    assert first.headers["etag"] not in ("", plain.headers["etag"])
    assert again.headers["cache-status"] == "hostagegraph; hit"
    assert again.content == first.content
    assert again.headers["x-row-count"] == first.headers["x-row-count"] == "4"
    known = {"If-None-Match": first.headers["etag"]}
    assert site.client.get(f"{OFFICIALS}.csv?explain=1", headers=known).status_code == 304


def test_a_query_without_a_claim_explains_nothing(site: Service) -> None:
    response = site.client.get("/queries/agents.csv", params={"explain": "1"})
    assert response.status_code == 400
    assert "declares no claim" in response.json()["detail"]


# Source policies


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, counts in BY_HAND.items() for words in counts]
)
def test_counts_under_each_policy_are_those_made_by_hand(
    site: Service, name: str, words: str
) -> None:
    response = site.client.get(f"/queries/{name}.csv", params={"sources": words})
    prefix = CATALOGUE.base
    shown = sorted(
        tuple(
            row[column].replace(f"{prefix}id/", "").replace(f"{prefix}ns#", "hg:")
            for column in SHOWN[name]
        )
        for row in table(response)
    )
    assert shown == BY_HAND[name][words]
    assert response.headers.get("x-source-policy", "") == words


def test_policies_are_combined_and_told_in_one_order(site: Service) -> None:
    first = site.client.get("/queries/sources.csv?sources=on-record,no-leaks")
    second = site.client.get("/queries/sources.csv?sources=no-leaks&sources=on-record")
    refused = set.union(*REFUSED.values())
    assert table(first)[0]["claims"] == str(30 - len(refused))
    assert first.content == second.content
    assert first.headers["x-source-policy"] == "no-leaks,on-record"
    assert first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("agents.csv?sources=on-record", "its rows rest on no claims"),
        ("sources.csv?sources=on-recrd", "did you mean on-record?"),
        ("sources.csv?sources=min-voices:no", "min-voices"),
    ],
)
def test_a_policy_that_cannot_be_obeyed_is_400_with_the_reason(
    site: Service, path: str, says: str
) -> None:
    response = site.client.get(f"/queries/{path}")
    assert response.status_code == 400
    assert response.json()["type"].endswith("errors#policy")
    assert says in response.json()["detail"]


def test_an_empty_field_of_a_form_is_no_policy(site: Service) -> None:
    response = site.client.get("/queries/sources.csv?sources=")
    assert table(response)[0]["claims"] == "30"
    assert "x-source-policy" not in response.headers


def test_data_without_an_account_of_their_claims_say_so(service: Service) -> None:
    assert service.serving.published.claims is None
    response = service.client.get("/cite/example-gazette-1900/c0101-01.txt")
    assert response.status_code == 400
    assert "without an account of who says each claim" in response.json()["detail"]


# Pages


def test_pages_together_are_the_whole_answer_in_order(site: Service) -> None:
    whole = table(site.client.get(f"{OFFICIALS}.csv"))
    at, found, seen = f"{OFFICIALS}.csv?per_page=3", [], 0
    while at:
        response = site.client.get(at)
        found += table(response)
        seen += 1
        at = links(response).get("next", "")
    assert found == whole
    assert seen == 2


def test_links_lead_to_pages_that_are_there(site: Service) -> None:
    first = links(site.client.get(f"{OFFICIALS}.csv?per_page=2&until=1900-02-01"))
    assert set(first) == {"first", "next"}
    second = links(site.client.get(first["next"]))
    assert set(second) == {"first", "prev"}
    assert second["prev"] == first["first"]
    assert "until=1900-02-01" in second["prev"]


def test_a_page_that_ends_with_the_rows_has_no_next(site: Service) -> None:
    for _ in ("new", "kept"):
        response = site.client.get(f"{OFFICIALS}.csv?per_page=4")
        assert len(table(response)) == 4
        assert set(links(response)) == {"first"}


def test_a_page_behind_the_last_is_empty_and_leads_back(site: Service) -> None:
    response = site.client.get(f"{OFFICIALS}.csv?per_page=4&page=9")
    assert table(response) == []
    assert {"first", "prev"} <= set(links(response))


def test_pages_are_explained_and_obey_too(site: Service) -> None:
    at = "/queries/claims-by-form.csv?per_page=5&explain=1&sources=on-record"
    first, second = (site.client.get(f"{at}&page={number}") for number in (1, 2))
    names = [row["claim"] for row in (*table(first), *table(second))]
    assert len(names) == 10
    assert all(row["said_by"] for row in table(second))
    assert not any(
        name.endswith(f"c{refused}") for name in names for refused in REFUSED["on-record"]
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ("page=2", {"page"}),
        ("per_page=0", {"per_page"}),
        ("per_page=10001", {"per_page"}),
        ("per_page=10&page=-1", {"page"}),
        ("per_page=10&per_page=20", {"per_page"}),
        ("explain=maybe&receipt=perhaps&sine=1", {"explain", "receipt", "sine"}),
    ],
)
def test_wrong_settings_are_told_all_at_once(site: Service, fields: str, wrong: set[str]) -> None:
    response = site.client.get(f"{OFFICIALS}.csv?{fields}")
    assert response.status_code == 422
    assert set(response.json()["problems"]) == wrong


def test_the_nearest_name_is_proposed_for_one_that_is_unknown(site: Service) -> None:
    told = site.client.get(f"{OFFICIALS}.csv?explian=1&sinc=1900-01-01").json()["problems"]
    assert "did you mean explain?" in told["explian"]
    assert "did you mean since?" in told["sinc"]


def test_a_graph_has_no_pages(site: Service) -> None:
    response = site.client.get("/queries/record-of-a-claim.ttl?per_page=2")
    assert response.status_code == 422
    assert "comes whole" in response.json()["problems"]["per_page"]


def _query(text: str) -> SavedQuery:
    return SavedQuery("asked", text, "solutions", ("s",), CATALOGUE.base)


def test_a_query_that_limits_itself_has_no_pages() -> None:
    assert why_no_pages(_query("SELECT * { ?s ?p ?o } LIMIT 3"))
    assert why_no_pages(_query("SELECT * { ?s ?p ?o } VALUES ?s { 1 }"))
    assert not why_no_pages(_query("SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 3 } } # LIMIT 3"))


@pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
def test_every_table_is_ordered_so_that_pages_join(site: Service, query: SavedQuery) -> None:
    """Pages of two rows are the whole answer: no row comes twice and none is left out."""
    assert re.search(r"\nORDER BY [^}]*$", query.text.rstrip())
    values = ASKED.get(query.name, {})
    whole = table(site.client.get(f"/queries/{query.name}.csv", params=values))
    parts = [
        table(
            site.client.get(
                f"/queries/{query.name}.csv", params={**values, "per_page": "2", "page": str(n)}
            )
        )
        for n in range(1, min(len(whole), 12) // 2 + 2)
    ]
    rows = list(itertools.chain(*parts))
    assert rows == whole[: len(rows)]


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve queries whose heads say how large pages are, and how long answers may be kept."""
    folder = tmp_path_factory.mktemp("heads")
    catalogue_in(folder / "queries")
    more = "#+ pagination: 2\n#+ cache: {max_age: 3600}\n"
    (folder / "queries" / "agents.rq").write_text(more + QUERIES["agents"])
    limited = QUERIES["agents"].rstrip() + " LIMIT 2\n"
    (folder / "queries" / "limited.rq").write_text("#+ pagination: 1\n" + limited)
    snapshot = snapshot_in(folder / "snapshots")
    catalogue = Catalogue.load(folder / "queries", WORLD)
    yield from running(create_app(snapshot, catalogue, saved=Limits(workers=1, most=1)))


def test_a_head_says_how_long_an_answer_may_be_kept(site: Service, heads: Service) -> None:
    assert site.client.get("/queries/agents.csv").headers["cache-control"] == "no-cache"
    answer = heads.client.get("/queries/agents.csv")
    assert answer.headers["cache-control"] == "public, max-age=3600"


def test_a_head_says_how_large_pages_are(heads: Service) -> None:
    answer = heads.client.get("/queries/agents.csv")
    assert len(table(answer)) == 2
    assert links(answer)["next"] == "/queries/agents.csv?per_page=2&page=2"
    assert len(table(heads.client.get("/queries/agents.csv?page=2"))) == 1
    assert len(table(heads.client.get("/queries/agents.csv?per_page=all"))) == 3


def test_a_query_that_limits_itself_comes_whole(heads: Service) -> None:
    assert len(table(heads.client.get("/queries/limited.csv"))) == 2
    told = heads.client.get("/queries/limited.csv?per_page=1").json()["problems"]
    assert "limits its rows itself" in told["per_page"]


def test_what_a_policy_lets_pass_is_found_once() -> None:
    published = Published({})
    for number in range(1, 100):
        policies = read_policies([f"min-voices:{number}"])
        assert published.passing(policies) is published.passing(policies)
    assert len(published._passing) < 70


def test_more_claims_than_a_query_can_hold_are_told_not_cut() -> None:
    question = read_question(CATALOGUE.get("sources"), {"sources": ["on-record"]})
    claims = [f"https://example.org/id/example-gazette-1900/c{n:08}" for n in range(100_000)]
    with pytest.raises(PolicyError, match="100000 claims pass, which makes the query longer"):
        question.text(claims)
    assert question.text(claims[:3]).count("/c0000000") == 3


def test_the_guide_tells_every_policy_in_the_words_of_the_program() -> None:
    guide = (ROOT / "docs" / "saved-queries.md").read_text(encoding="utf-8")
    for name, says in POLICIES.items():
        assert f"| `{name}` | {says} |" in guide
