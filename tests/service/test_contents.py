"""The table of contents: short titles, the rows of today, a tick where tests passed."""

import html
import re
from dataclasses import replace

import pytest

from hostagegraph.queries import Catalogue
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.pages.contents import themes
from tests.projects import ROOT
from tests.service.conftest import Service

HTML = {"Accept": "text/html"}
PAGES = pytest.mark.parametrize("path", ["/", "/queries"])


def entries(service: Service, path: str) -> dict[str, tuple[str, str]]:
    """Give the title of each question and what stands behind it, as a reader sees it."""
    page = service.client.get(path, headers=HTML).text
    found = re.findall(
        r'<(?:li|dt)><a href="/queries/([\w-]+)">(.*?)</a>(.*?)</(?:li|dt)>', page, re.DOTALL
    )
    return {
        name: (html.unescape(title), " ".join(re.sub(r"<[^>]*>", " ", rest).split()))
        for name, title, rest in found
    }


@PAGES
def test_a_question_stands_under_its_title_with_its_rows_and_its_tests(
    site: Service, path: str
) -> None:
    found = entries(site, path)
    told = site.client.get("/queries.json").json()["queries"]
    assert len(told) == len(found) > 40
    for each in told:
        title, rest = found[each["name"]]
        rows = each["rows"]
        figure = "" if rows is None else f"{rows} {'row' if rows == 1 else 'rows'}"
        tests = "tests pass" if each["tests"]["run"] else ""
        assert (title, rest) == (each["title"], f"{figure} {tests}".strip()), each["name"]
    assert {bool(rest[0].isdigit()) for _, rest in found.values()} == {True, False}


@PAGES
def test_figure_and_tick_are_explained_once(site: Service, path: str) -> None:
    page = site.client.get(path, headers=HTML).text
    assert page.count("The figure counts the rows today") == 1
    assert page.count("pass on these data") == 1


@PAGES
def test_a_snapshot_without_counts_is_served_without_them(service: Service, path: str) -> None:
    assert "rows" not in service.serving.snapshot.manifest.queries
    assert entries(service, path)["agents"] == ("All agents", "")
    page = service.client.get(path, headers=HTML).text
    assert "The figure counts" not in page
    assert "pass on these data" not in page
    told = service.client.get("/queries.json").json()["queries"]
    assert {each["rows"] for each in told} == {None}


def test_no_tick_stands_where_a_test_failed_or_none_was_run(site: Service) -> None:
    here = site.serving

    def passed(**told: object) -> set[bool]:
        manifest = replace(here.snapshot.manifest, queries=told)
        changed = replace(here, snapshot=replace(here.snapshot, manifest=manifest))
        return {each.passed for group in themes(changed).values() for each in group}

    ran = {query.name: 1 for query in here.catalogue.queries}
    assert passed(failures=0, by_query=ran) == {True}
    assert passed(failures=1, by_query=ran) == {False}
    assert passed(failures=0, by_query={}) == {False}
    assert passed(failures=0) == {False}


def test_every_question_has_a_theme(site: Service) -> None:
    found = themes(site.serving)
    assert "Other questions" not in found
    assert sum(map(len, found.values())) == len(Catalogue.load(ROOT / "queries").queries)


def test_counts_agree_with_their_words(site: Service) -> None:
    for path in ("/", "/about"):
        page = re.sub(r"<[^>]*>", " ", site.client.get(path, headers=HTML).text)
        assert not re.search(r"\b1 (?:mandates|sources|claims|source works|warnings)\b", page)
    home = site.client.get("/", headers=HTML).text
    assert "1 source work, 30 claims," in home.replace("&nbsp;", " ")


def test_the_page_of_a_question_says_its_summary_once_below_its_title(site: Service) -> None:
    query: SavedQuery = site.serving.catalogue.get("denied-claims")
    page = html.unescape(site.client.get("/queries/denied-claims", headers=HTML).text)
    assert page.index(f"<h1>{query.title}</h1>") < page.index(f">{query.summary}.</p>")
    assert page.count(query.description) == 1


def test_a_question_that_a_description_names_is_a_link_with_its_title(site: Service) -> None:
    asked = site.serving.catalogue.get("statements-by-anonymous-officials")
    other = site.serving.catalogue.get("unnamed-statements-with-alleged-originator")
    assert other.name in asked.description
    for path in ("/queries", f"/queries/{asked.name}"):
        page = html.unescape(site.client.get(path, headers=HTML).text)
        notes = "".join(
            re.findall(r"<details><summary>What a row is.*?</details>", page, re.DOTALL)
        )
        assert f'<a href="/queries/{other.name}">{other.title}</a>' in notes
        assert other.name not in re.sub(r"<[^>]*>", "", notes)
        assert "“statement”" in notes
