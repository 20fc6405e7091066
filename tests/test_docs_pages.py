"""Every term of the ontology has its page, and every link leads to one."""

import re
from pathlib import Path

import pytest

from hostagegraph.docs import ontology_pages
from hostagegraph.vocabulary import CLASSES, DEFAULT_BASE, PROPERTIES, SCHEMES, Iris

FOLDER = Path(__file__).parents[1] / "ontology"
PAGES = ontology_pages(FOLDER)
IRIS = Iris(DEFAULT_BASE)
LINK = re.compile(r"\]\(([^)]+)\)")

ONWARD_OF = """\
# onwardOf

*Object property*: onward of

The earlier disclosure from which the discloser is said to have the information.

> Example: An outsider told the Example Courier what a minister had told the outsider.

- **Domain**: [Leak](Leak.md)
- **Range**: [Leak](Leak.md)
- **Cardinality**: 0..1
- **Home**: <https://w3id.org/hostagegraph/ns#onwardOf>
"""


@pytest.mark.parametrize("term", [*CLASSES, *sorted(PROPERTIES), *SCHEMES])
def test_a_term_has_one_page(term: str) -> None:
    (page,) = [text for text in PAGES.values() if f"- **Home**: <{IRIS.term(term)}>\n" in text]
    assert page.startswith(f"# {term}\n")


def test_there_is_nothing_but_terms_and_an_index() -> None:
    assert len(PAGES) == len(CLASSES) + len(PROPERTIES) + len(SCHEMES) + 1


def test_a_page_is_named_after_its_term() -> None:
    assert {f"{term}.md" for term in [*CLASSES, *SCHEMES]} <= set(PAGES)
    assert {"content.md", "person-property.md", "index.md"} <= set(PAGES)


def test_page_names_differ_in_more_than_case() -> None:
    assert len({name.lower() for name in PAGES}) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page(name: str) -> None:
    assert set(LINK.findall(PAGES[name])) <= set(PAGES)


def test_the_index_leads_to_every_page() -> None:
    assert set(LINK.findall(PAGES["index.md"])) == set(PAGES) - {"index.md"}


@pytest.mark.parametrize(("scheme", "values"), SCHEMES.items())
def test_a_scheme_page_explains_its_values_in_order(scheme: str, values: tuple[str, ...]) -> None:
    rows = [line for line in PAGES[f"{scheme}.md"].splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(values)


def test_a_property_page_says_what_the_ontology_says() -> None:
    assert PAGES["onwardOf.md"] == ONWARD_OF


def test_a_coded_property_shows_the_values_of_its_schemes() -> None:
    assert "[PolarityScheme](PolarityScheme.md): `affirmed` `negated`\n" in PAGES["polarity.md"]
    assert "`relayedMessage`; [MeetingTypeScheme]" in PAGES["subtype.md"]


def test_a_class_page_shows_parents_nearest_first_and_alignments() -> None:
    assert "[ReportedEvent](ReportedEvent.md), [ReportedSituation]" in PAGES["Leak.md"]
    assert "**Alignment**: close match `opengov:VoteEvent`" in PAGES["Decision.md"]
    assert "**Alignment**: related match `odrl:Policy`" in PAGES["MandateState.md"]


def test_the_same_files_give_the_same_pages() -> None:
    assert list(ontology_pages(FOLDER).items()) == list(PAGES.items())
