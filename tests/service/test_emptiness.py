"""Why an answer is empty: the value, the part of the query, silence and denial kept apart."""

from typing import Any

import pytest

from tests.service.conftest import Service

SPEAKER = "/queries/statements-of-a-speaker"


def why(site: Service, at: str) -> dict[str, Any]:
    response = site.client.get(at)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    assert told["complete"]
    return told


def test_an_answer_with_rows_is_not_empty(site: Service) -> None:
    assert why(site, f"{SPEAKER}/why?speaker=agent/ottilie-quill") == {
        "empty": False,
        "complete": True,
    }


def test_a_mistyped_name_is_told_with_the_nearest(site: Service) -> None:
    told = why(site, f"{SPEAKER}/why?speaker=agent/otilie-quil")
    (value,) = told["values"]
    assert value["parameter"] == "speaker"
    assert value["nearest"][0] == {"value": "agent/ottilie-quill", "label": "Ottilie Quill"}
    assert "did you mean agent/ottilie-quill (Ottilie Quill)?" in told["summary"][0]


def test_a_name_without_a_pick_list_is_sought_among_things_of_its_kind(site: Service) -> None:
    (value,) = why(site, "/queries/contradictions/why?judge=agent/exampel-gazete")["values"]
    assert value["nearest"][0]["value"] == "agent/example-gazette"


def test_the_value_that_leaves_nothing_is_named(site: Service) -> None:
    told = why(site, f"{SPEAKER}/why?speaker=agent/ottilie-quill&since=1901-01-01")
    rows = {each["parameter"]: each["rows"] for each in told["without"]}
    assert rows == {"speaker": 0, "since": 2}
    assert told["stops_at"]["test"]
    assert "?since" in told["stops_at"]["pattern"]


def test_reasons_are_told_in_the_words_of_the_form(site: Service) -> None:
    at = f"{SPEAKER}/why?speaker=agent/ottilie-quill&since=1901-01-01"
    told = why(site, at)
    assert "Without “Not before” there are 2 rows." in told["summary"]
    assert not any("?" in each or "agent/" in each for each in told["summary"])
    page = site.client.get(at.replace("/why", ""), headers={"Accept": "text/html"}).text
    reasons = page.partition("Why is it empty?")[2].partition("</ul>")
    assert "FILTER" not in reasons[0]
    assert "?since" in reasons[2].partition("</details>")[0]


def test_the_part_of_the_query_is_named_with_its_line(site: Service) -> None:
    told = why(site, f"{SPEAKER}/why?speaker=agent/shipowners-league")
    query = site.serving.catalogue.get("statements-of-a-speaker")
    at = told["stops_at"]
    assert at["pattern"] == "?statement hg:publishedSpeaker ?speaker"
    assert (
        at["pattern"].split()[1]
        in query.fill({"speaker": ["agent/basil-thrumm"]}).split("\n")[at["line"] - 1]
    )


def test_a_policy_that_leaves_nothing_is_named(site: Service) -> None:
    at = "/queries/claims-of-pseudonymous-sources/why?sources=on-record"
    (freed,) = why(site, at)["without"]
    assert (freed["parameter"], freed["values"]) == ("sources", ["on-record"])
    assert freed["rows"] > 0


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("agent/nobody-at-all", "nobody"),
        ("agent/basil-thrumm", "denied"),
        ("agent/fr-cabinet", "otherwise"),
    ],
)
def test_silence_is_kept_apart_from_denial(site: Service, speaker: str, verdict: str) -> None:
    (said,) = why(site, f"{SPEAKER}/why?speaker={speaker}")["said"]
    assert said["verdict"] == verdict
    denied = [each["claim"].rpartition("/")[2] for each in said["denials"]]
    assert ("c0103-06" in denied) is (verdict == "denied")


def test_no_rows_lead_to_the_reasons(site: Service) -> None:
    for _ in ("new", "kept"):
        response = site.client.get(f"{SPEAKER}.csv?speaker=agent/otilie-quil")
        assert response.headers["x-row-count"] == "0"
        at = f"{SPEAKER}/why?speaker=agent%2Fotilie-quil"
        assert response.headers["link"] == f'<{at}>; rel="help"'
        assert why(site, at)["empty"]


def test_the_page_says_why_it_is_empty(site: Service) -> None:
    page = site.client.get(
        f"{SPEAKER}?speaker=agent/basil-thrumm", headers={"Accept": "text/html"}
    ).text
    assert "Why is it empty?" in page
    assert 'href="/id/example-gazette-1900/c0103-06"' in page


def test_an_empty_graph_and_a_no_have_reasons_too(site: Service) -> None:
    told = why(site, "/queries/record-of-a-claim/why?claim=example-gazette-1900/c0103-99")
    assert told["empty"]
    assert told["values"][0]["value"] == "example-gazette-1900/c0103-99"
