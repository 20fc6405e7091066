"""Accept headers: what is chosen, and that nothing malformed does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.service.negotiation import choose, offered, result_formats, wants_page
from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS

JSON, XML, CSV, TSV = SOLUTION_FORMATS
TURTLE = "text/turtle"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        (None, JSON, TURTLE),
        ("*/*", JSON, TURTLE),
        ("", JSON, TURTLE),
        (XML, XML, None),
        (CSV, CSV, None),
        ("application/json", JSON, "application/ld+json"),
        ("application/xml", XML, "application/rdf+xml"),
        ("text/*", CSV, TURTLE),
        (f"{JSON};q=0, {XML};q=0.5", XML, None),
        (f"{JSON};q=0, */*", XML, TURTLE),
        (f"{XML};q=0.2, {JSON};q=0.9", JSON, None),
        ("TEXT/CSV;Q=0.5", CSV, None),
        ("image/png", None, None),
        ("text/turtle, application/n-triples;q=0.9", None, TURTLE),
        ("*", JSON, TURTLE),
        ("*;q=0", None, None),
        ("*/*;q=0, text/csv", CSV, None),
        (f"{JSON};q=0, *", XML, TURTLE),
        ("text/*;q=0.1, text/csv;q=0", TSV, TURTLE),
        (f"{JSON};charset=utf-8;q=0.3, {CSV};header=present", CSV, None),
        ('text/csv;x="a,b;q=1";q=0, text/tab-separated-values;q=0.1', TSV, None),
        ('text/csv;x="\\",*/*";q=0.2', CSV, None),
        (",,,", None, None),
        ("text/csv;q=abc, text/tab-separated-values;q=0.1", TSV, None),
    ],
)
def test_the_best_liked_format_is_chosen(
    accept: str | None, rows: str | None, graph: str | None
) -> None:
    assert result_formats(accept) == {"solutions": rows, "boolean": rows, "graph": graph}


def test_a_browser_gets_a_page_and_nobody_else_does() -> None:
    assert wants_page(BROWSER)
    assert not any(map(wants_page, (None, "*/*", "application/json", "text/csv", "text/*")))


def test_the_default_comes_first() -> None:
    assert offered("solutions")[0] == JSON
    assert offered("graph")[0] == TURTLE


@given(st.text(max_size=200) | st.text("*/;=,q0.19 xtn", max_size=200))
def test_any_header_gives_an_offer_or_nothing(accept: str) -> None:
    offers = (*SOLUTION_FORMATS, *GRAPH_FORMATS)
    assert choose(accept, offers) in (None, *offers)
