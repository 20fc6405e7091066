"""The balance of the sample, counted by hand."""

import json
from pathlib import Path

import pytest

from hostagegraph import build
from hostagegraph.balance import Balance, Share, balance_of
from hostagegraph.store import store_of
from tests.projects import BASE, sample_project


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Balance:
    root: Path = sample_project(tmp_path_factory.mktemp("balance"))
    return balance_of(store_of(build.check(build.Project(root)).quads), BASE, "sample")


def test_allegations_are_counted_by_agent_reply_and_voice(weighed: Balance) -> None:
    """Thrumm: 0103-03, -05, -06, -08, 0105-01, -03, -06, 0107-06; the League: 0105-04."""
    assert weighed.agents == {
        "Basil Thrumm": Share(
            allegations=8,
            answered=1,
            one_unnamed=1,
            drafts=8,
            voices={
                "Example Gazette": 5,
                "Example Courier": 1,
                "Ottilie Quill": 1,
                "Two Freedonian diplomats": 1,
            },
        ),
        "Shipowners' League of Freedonia": Share(1, 0, 0, 1, {"Example Gazette": 1}),
    }
    assert weighed.all.allegations == 9
    assert weighed.all.voices["Example Gazette"] == 6


def test_the_report_says_what_its_counts_are_not(weighed: Balance) -> None:
    text = weighed.as_markdown()
    assert "| Basil Thrumm | 8 | 1 (12 %) | 1 (12 %) | 8 (100 %) |" in text
    assert "Counts say nothing about truth" in text
    assert json.loads(weighed.as_json())["all"]["answered"] == 1
