"""The ledger, the network and a reader's own copy in a real browser, by pointer and by keys."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hostagegraph.passages import digest_of, norm1
from tests.projects import SAMPLE, SOURCE
from tests.service.browsing import Open

pytestmark = pytest.mark.browser

CLAIM = f"/id/{SOURCE}/c0103-06"
TEXT = SAMPLE / f"texts/{SOURCE}.txt"
# What normalisations like to get wrong: spaces that are none, letters in parts, marks in disorder.
AWKWARD = [
    b"  plain\r\n\ttext  ",
    b"\xef\xbb\xbfbehind a byte order mark",
    "a\ufeffb\u200bc\u2060d".encode(),
    "no-break\u00a0and\u202fnarrow\u2007and\u3000wide\u0085line".encode(),
    "Cafe\u0301 No\u0308e\u0300l \u212b \u1e9b\u0323 q\u0307\u0323".encode(),
    "a\u001cb\u001fc\u0000d".encode(),
    "\u05e9\u05dc\u05d5\u05dd \u200f\u0627\u0644\u0633\u0644\u0627\u0645 \u202bx\u202c".encode(),
    "\U0001d5d4\U0001f468\u200d\U0001f469 \uac00\u1100\u1161\u11a8".encode(),
    "\u2028\u2029\u180ex\u1680y".encode(),
]


def compared(page: Page, document: bytes) -> str:
    """Open a document as the reader's copy; give the digest that the browser found."""
    page.get_by_label("or open a text file").set_input_files(
        {"name": "copy.txt", "mimeType": "text/plain", "buffer": document}
    )
    wanted = digest_of(norm1(document))
    expect(page.locator(".own-copy")).to_have_attribute("data-compared", wanted)
    return page.locator(".own-copy .whole").inner_text()


def test_the_slider_shows_another_day_and_the_back_button_the_one_before(open_page: Open) -> None:
    page = open_page("/mandates?as_of=1900-01-03")
    expect(page.locator(".state h3")).to_have_text(["Mandate from 1 January"])
    slider = page.get_by_label("As of, by days")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/mandates?as_of=1900-01-05")
    expect(page.locator(".state h3")).to_have_text(
        ["Mandate from 1 January", "Mandate from 5 January"]
    )
    expect(page.get_by_label("As of", exact=True)).to_have_value("1900-01-05")
    expect(slider).to_be_focused()
    expect(page.locator("tr.chosen")).to_have_count(1)
    page.reload()
    expect(page.locator(".state h3")).to_have_count(2)
    page.go_back()
    expect(page.locator(".state h3")).to_have_text(["Mandate from 1 January"])


def test_a_day_is_chosen_without_script(open_page: Open) -> None:
    page = open_page("/mandates", java_script_enabled=False)
    expect(page.get_by_label("As of, by days")).to_be_hidden()
    page.get_by_label("As of", exact=True).fill("1900-01-08")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as_of=1900-01-08")
    expect(page.locator(".state h3")).to_have_text(["Mandate from 5 January"])


def test_arrow_keys_step_through_the_network_and_enter_opens_a_claim(open_page: Open) -> None:
    page = open_page("/network")
    graph = page.locator("#graph[data-ready]")
    expect(graph).to_have_count(1)
    graph.focus()
    page.keyboard.press("ArrowRight")
    said = page.locator("#edge-said")
    expect(said).to_contain_text("Example Gazette")
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() != first
    expect(page.locator(".edges > li.chosen")).to_have_count(1)
    href = page.locator(".edges > li.chosen").get_attribute("data-claim")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")
    expect(page.locator(".voice").first).to_be_visible()


def test_the_network_can_be_left_by_keys_and_follows_the_theme(open_page: Open) -> None:
    page = open_page("/network", color_scheme="light")
    expect(page.locator("#graph[data-ready]")).to_have_count(1)
    light = page.locator("#graph").screenshot()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("#graph").screenshot() != light
    page.locator("#graph").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#graph")).not_to_be_focused()


def test_the_bundle_of_the_network_is_loaded_there_alone(open_page: Open) -> None:
    for path, wanted in (("/network", True), ("/", False), ("/mandates", False), (CLAIM, False)):
        page = open_page(path)
        scripts = page.locator("script[type=module]").evaluate_all("all => all.map((s) => s.src)")
        assert any("/network-" in each for each in scripts) is wanted, path


@pytest.mark.parametrize("path", ["/mandates", "/disputes", "/network", "/about"])
def test_accounts_tell_the_same_without_script(open_page: Open, path: str) -> None:
    plain = open_page(path, java_script_enabled=False)
    scripted = open_page(path)
    told = plain.locator("main").inner_text()
    assert len(told) > 500
    shown = scripted.locator("main").inner_text()
    assert [line for line in told.splitlines() if line not in shown] == []


@pytest.mark.parametrize("document", AWKWARD, ids=range(len(AWKWARD)))
def test_a_copy_is_normalised_as_the_records_are(open_page: Open, document: bytes) -> None:
    page = open_page(CLAIM)
    told = compared(page, document)
    assert f"{len(norm1(document))} characters" in told
    assert digest_of(norm1(document)) in told


def test_the_passage_is_found_in_the_readers_copy_and_nothing_is_sent(open_page: Open) -> None:
    page = open_page(CLAIM)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    assert "It is the text of the records" in compared(page, TEXT.read_bytes())
    items = page.locator(".own-copy li")
    expect(items).to_have_count(2)
    text = norm1(TEXT.read_bytes())
    expect(page.locator(".own-copy mark")).to_have_text([text[946:1080], text[1081:1098]])
    expect(items.first).to_contain_text("the digest agrees")
    assert sent == []


def test_the_passage_is_found_where_a_copy_differs_elsewhere(open_page: Open) -> None:
    page = open_page(CLAIM)
    words = "A banner of the site. " + TEXT.read_text(encoding="utf-8")
    page.get_by_label("Paste the text").fill(words)
    expect(page.locator(".own-copy mark")).to_have_count(2)
    expect(page.locator(".own-copy li").first).to_contain_text("here at 968 to 1102")
    expect(page.locator(".own-copy .whole")).to_contain_text("not the whole text")


def test_a_copy_with_other_words_does_not_agree(open_page: Open) -> None:
    page = open_page(CLAIM)
    changed = TEXT.read_text(encoding="utf-8").replace("secret brief", "open brief")
    assert changed != TEXT.read_text(encoding="utf-8")
    page.get_by_label("Paste the text").fill(changed)
    expect(page.locator(".own-copy li").first).to_contain_text("no such passage is in this copy")
    expect(page.locator(".own-copy mark")).to_have_count(1)  # the denial stands as it did


def test_a_file_that_is_no_text_is_refused(open_page: Open, tmp_path: Path) -> None:
    page = open_page(CLAIM)
    compared(page, TEXT.read_bytes())
    wrong = tmp_path / "copy.txt"
    wrong.write_bytes(b"\xff\xfe\x00")
    page.get_by_label("or open a text file").set_input_files(wrong)
    expect(page.locator(".own-copy .whole")).to_contain_text("no text in UTF-8")
    expect(page.locator(".own-copy li")).to_have_count(0)


def test_where_a_browser_computes_no_digests_the_page_says_why(open_page: Open) -> None:
    page = open_page("/queries")
    page.add_init_script(
        "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })"
    )
    page.goto(CLAIM)
    expect(page.locator(".own-copy .why-not")).to_be_visible()
    expect(page.locator(".own-copy textarea")).to_have_count(0)
