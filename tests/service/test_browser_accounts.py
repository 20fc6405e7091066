"""The ledger, the network and a reader's own copy in a real browser, by pointer and by keys."""

import re
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
    expect(slider).to_have_attribute("aria-valuetext", "3 January 1900")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/mandates?as_of=1900-01-05")
    expect(slider).to_have_attribute("aria-valuetext", "5 January 1900")
    expect(page.locator("text.chosen-day")).to_have_text("5 January")
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


def test_the_slider_goes_by_pages_and_to_its_ends_and_back_without_a_reload(
    open_page: Open,
) -> None:
    page = open_page("/mandates?as_of=1900-01-03")
    slider = page.get_by_label("As of, by days")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/mandates?as_of=1900-01-01")
    page.keyboard.press("PageUp")
    page.wait_for_url(re.compile(r"as_of=1900-01-0[2-9]$"))
    page.keyboard.press("End")
    page.wait_for_url(re.compile(r"as_of=1900-01-(09|10)$"))
    expect(page.locator(".state h3")).to_have_text(["Mandate from 5 January"])
    page.evaluate("window.same = true")
    page.go_back()
    page.go_back()
    expect(page.locator(".state h3")).to_have_text(["Mandate from 1 January"])
    expect(page.get_by_label("As of", exact=True)).to_have_value("1900-01-01")
    expect(slider).to_have_value("0")
    assert page.evaluate("window.same")


def test_a_day_is_chosen_without_script(open_page: Open) -> None:
    page = open_page("/mandates", java_script_enabled=False)
    expect(page.get_by_label("As of, by days")).to_be_hidden()
    page.get_by_label("As of", exact=True).fill("1900-01-08")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as_of=1900-01-08")
    expect(page.locator(".state h3")).to_have_text(["Mandate from 5 January"])


def test_arrow_keys_step_through_the_network_and_enter_opens_a_claim(open_page: Open) -> None:
    page = open_page("/network")
    expect(page.locator("#graph[data-ready]")).to_have_count(1)
    said = page.locator("#edge-said")
    expect(said).to_be_hidden()
    stop = page.locator('a.dealt[tabindex="0"]')
    expect(stop).to_have_count(1)
    stop.focus()
    expect(said).to_contain_text("Example Gazette")
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() != first
    expect(page.locator(".edges > li.chosen")).to_have_count(1)
    page.keyboard.press("End")
    below = page.locator("a.dealt:focus").bounding_box()
    panel = said.bounding_box()
    assert below
    assert panel
    assert below["y"] + below["height"] <= panel["y"] + 1
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
    page.locator('a.dealt[tabindex="0"]').focus()
    page.keyboard.press("Tab")
    expect(page.locator("#graph a:focus")).to_have_count(0)


def test_no_words_of_the_network_cover_others(open_page: Open) -> None:
    page = open_page("/network")
    expect(page.locator("#graph[data-ready]")).to_have_count(1)
    assert page.locator("#graph text").count() > 10
    covered = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("#graph text")].map(
            (each) => [each.textContent, each.getBoundingClientRect()]);
          return boxes.flatMap(([a, one], i) => boxes.slice(i + 1).flatMap(([b, other]) =>
            one.left < other.right && other.left < one.right
              && one.top + 3 < other.bottom && other.top + 3 < one.bottom ? [[a, b]] : []));
        }"""
    )
    assert covered == []


def test_the_network_is_drawn_without_script_and_gives_way_to_its_list_on_a_phone(
    open_page: Open,
) -> None:
    plain = open_page("/network", java_script_enabled=False)
    expect(plain.locator("a.dealt").first).to_be_visible()
    narrow = open_page("/network", 390)
    expect(narrow.locator("#graph")).to_be_hidden()
    assert narrow.locator(".edges > li:visible").count() == plain.locator("a.dealt").count()


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


def test_a_copy_that_is_still_typed_is_compared_once_it_rests(open_page: Open) -> None:
    page = open_page(CLAIM)
    page.evaluate(
        """() => {
          const digest = SubtleCrypto.prototype.digest;
          window.digests = 0;
          SubtleCrypto.prototype.digest = function (...given) {
            window.digests += 1;
            return digest.apply(this, given);
          };
        }"""
    )
    area = page.get_by_label("Paste the text")
    area.fill(TEXT.read_text(encoding="utf-8").replace("e", "E"))
    expect(page.locator(".own-copy li").first).to_contain_text("no such passage is in this copy")
    once = page.evaluate("window.digests")
    page.evaluate(
        """(area) => { for (let i = 0; i < 20; i += 1) area.dispatchEvent(new Event("input")); }""",
        area.element_handle(),
    )
    expect(page.locator(".own-copy li")).to_have_count(2)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.digests") <= 3 * once


# A source along its text

WORK = f"/id/source/{SOURCE}"


def test_arrow_keys_go_from_passage_to_passage_and_enter_follows(open_page: Open) -> None:
    page = open_page(WORK)
    marks = page.locator(".strip svg a")
    expect(page.locator(".strip svg a[tabindex='0']")).to_have_count(1)
    names = marks.evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    marks.first.focus()
    line = page.locator(".strip-line")
    for key, place in (("ArrowRight", 1), ("ArrowDown", 2), ("End", -1), ("ArrowLeft", -2)):
        page.keyboard.press(key)
        expect(page.locator(".strip svg a:focus")).to_have_attribute("aria-label", names[place])
        expect(line).to_have_text(names[place])
    href = marks.nth(len(names) - 2).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")


def test_the_strip_is_one_tab_stop(open_page: Open) -> None:
    page = open_page(WORK)
    page.locator(".strip svg a[tabindex='0']").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".strip-line a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".passages summary")).to_be_focused()


def test_a_finger_chooses_the_nearest_passage_and_the_line_leads_there(open_page: Open) -> None:
    page = open_page(WORK, 390, has_touch=True)
    box = page.locator(".strip").bounding_box()
    assert box
    before = page.locator(".strip-line").inner_text()
    page.touchscreen.tap(box["x"] + 180, box["y"] + 20)
    expect(page.locator(".strip-line")).not_to_have_text(before)
    assert page.url.endswith(WORK)
    link = page.locator(".strip-line a")
    size = link.bounding_box()
    assert size
    assert size["height"] >= 24
    href = link.get_attribute("href")
    link.tap()
    page.wait_for_url(f"**{href}")


def test_without_script_each_passage_is_a_link_and_stands_in_a_list(open_page: Open) -> None:
    page = open_page(WORK, java_script_enabled=False)
    expect(page.locator(".strip svg a[tabindex]")).to_have_count(0)
    expect(page.locator(".strip-line")).to_be_hidden()
    page.get_by_text("passages as a list").click()
    listed = page.locator(".passages li a")
    assert listed.count() == page.locator(".strip svg a").count()
    heights = listed.evaluate_all("all => all.map((each) => each.getBoundingClientRect().height)")
    assert min(heights) >= 24
    listed.nth(3).click()
    expect(page.locator("h1")).to_have_count(1)


# A disclosure


@pytest.mark.parametrize("width", [390, 768, 1200])
def test_a_path_of_disclosures_stays_on_the_page(open_page: Open, width: int) -> None:
    page = open_page(f"/id/{SOURCE}/s-leak-0105-2", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(".path .at, .path .about").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect()).map((r) => [r.left, r.right])"
    )
    assert len(boxes) >= 5
    assert all(0 <= left <= right <= width for left, right in boxes)
