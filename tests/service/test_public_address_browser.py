"""What scripts make of the public address, and of its absence."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service.browsing import watched
from tests.service.conftest import Service
from tests.service.test_public_address import PUBLIC, QUESTION, public, two, without
from tests.service.test_workbench_browser import bench

pytestmark = pytest.mark.browser

__all__ = ["public", "two", "without"]

QUERY = "SELECT * { ?s ?p ?o } LIMIT 1"


def copied(page: Page, button: str) -> str:
    """Press a button, and read what it put on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('')")
    page.get_by_role("button", name=button).click()
    page.wait_for_function("navigator.clipboard.readText()")
    return str(page.evaluate("navigator.clipboard.readText()"))


def code(page: Page) -> str:
    return page.locator("#from-curl pre").text_content() or ""


def test_no_script_changes_it(browser: Browser, public: Service) -> None:
    with watched(browser, public.url) as start:
        page = start(QUESTION)
        expect(page.locator("[data-copy]")).to_have_text(f"{PUBLIC}{QUESTION}")
        assert f"{PUBLIC}{QUESTION}.csv" in code(page)
        assert copied(page, "Copy the address") == f"{PUBLIC}{QUESTION}"


def test_the_workbench_copies_a_link_under_it(browser: Browser, public: Service) -> None:
    with watched(browser, public.url) as start:
        page = start(f"/sparql?query={QUERY}")
        bench(page).click()
        page.keyboard.press("ControlOrMeta+Enter")
        link = urlparse(copied(page, "Copy link"))
        assert f"{link.scheme}://{link.netloc}{link.path}" == f"{PUBLIC}/sparql"
        assert parse_qs(link.query) == {"query": [QUERY]}


def test_without_one_a_script_puts_in_the_name_by_which_the_reader_came(
    browser: Browser, without: Service
) -> None:
    came = without.url.replace("127.0.0.1", "localhost")
    with watched(browser, came) as start:
        page = start(QUESTION)
        expect(page.locator("[data-copy]")).to_have_text(f"{came}{QUESTION}")
        assert f"{came}{QUESTION}.csv" in code(page)
