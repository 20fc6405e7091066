"""A reader's keyboard: whatever a key leads to can be seen, is covered by nothing and is marked."""

from typing import Final

from playwright.sync_api import ElementHandle, Locator, Page

# Gives the address of the focus, whether it is the wanted element, and what hides it.
_SEEN: Final = """wanted => {
  const focus = document.activeElement;
  const named = `${focus.tagName} ${focus.id || focus.textContent.trim().slice(0, 40)}`;
  const found = wrong => [focus === wanted, wrong && `${named}: ${wrong}`];
  if (focus === document.body || focus.id === "main") return found("");
  const marked = each => {
    const style = getComputedStyle(each);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || (each instanceof SVGElement && style.stroke !== "none"
      && parseFloat(style.strokeWidth) >= 2);
  };
  const bearers = [focus, focus.closest("label"), focus.closest(".cm-editor"),
    ...(focus instanceof SVGElement ? focus.children : [])];
  if (!bearers.some(each => each && marked(each))) return found("nothing marks the focus");
  const shown = focus.matches("input[type=radio]") ? focus.closest("label") : focus;
  const inside = box => ({
    left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
    top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
  });
  const boxes = [...shown.getClientRects()].filter(box => box.width * box.height > 0);
  if (!boxes.length) return found("the focus has no size");
  const views = boxes.map(inside).filter(box => box.left < box.right && box.top < box.bottom);
  if (!views.length) return found("the focus is out of sight");
  const points = views.flatMap(box => [0.5, 0.2, 0.8].map(
    part => [box.left + (box.right - box.left) * part, (box.top + box.bottom) / 2]));
  const free = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (shown.contains(top) || top.contains(shown));
  });
  return found(free ? "" : "something covers the focus");
}"""


class Keys:
    """Press keys on a page; fail where the focus cannot be seen afterwards."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Press keys that stay on the page."""
        for key in keys:
            self._page.keyboard.press(key)
            self._seen(None)

    def open(self, key: str, address: str) -> None:
        """Press a key that leads to another address."""
        self._page.keyboard.press(key)
        self._page.wait_for_url(address)
        self._page.locator("html[data-ready]").wait_for(state="attached")

    def to(self, wanted: Locator, key: str = "Tab", most: int = 120) -> None:
        """Press a key until the focus is where it is wanted."""
        handle = wanted.element_handle()
        for _ in range(most):
            self._page.keyboard.press(key)
            if self._seen(handle):
                return
        raise AssertionError(f"{most} times {key} do not lead to {wanted}")

    def _seen(self, wanted: ElementHandle | None) -> bool:
        reached, wrong = self._page.evaluate(_SEEN, wanted)
        if wrong:  # an editor marks itself a moment later
            self._page.wait_for_timeout(200)
            reached, wrong = self._page.evaluate(_SEEN, wanted)
        assert not wrong, f"{self._page.url}: {wrong}"
        return bool(reached)
