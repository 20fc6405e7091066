/** The claims along a text: one tab stop, arrow keys from passage to passage, a line for each. */

/** Tell how far a point lies from a mark; nothing where it lies within. */
function distance(mark: Element, x: number): number {
  const { left, right } = mark.getBoundingClientRect();
  return Math.max(left - x, x - right, 0);
}

function begin(strip: HTMLElement, line: HTMLElement): void {
  const marks = [...strip.querySelectorAll<SVGAElement>("svg a")];
  const told = line.querySelector("a");
  if (!marks[0] || !told) return;
  let at = 0;
  const tell = (mark: SVGAElement): void => {
    told.textContent = mark.getAttribute("aria-label");
    told.setAttribute("href", mark.getAttribute("href") ?? "");
  };
  const choose = (place: number): void => {
    marks[at]?.setAttribute("tabindex", "-1");
    marks[at]?.classList.remove("chosen");
    at = Math.min(Math.max(place, 0), marks.length - 1);
    const mark = marks[at];
    mark?.setAttribute("tabindex", "0");
    mark?.classList.add("chosen");
    if (mark) tell(mark);
  };
  marks.forEach((mark, place) => {
    mark.setAttribute("tabindex", "-1");
    mark.addEventListener("focus", () => choose(place));
    mark.addEventListener("pointerenter", () => tell(mark));
  });
  choose(0);
  line.hidden = false;
  strip.addEventListener("pointerleave", () => choose(at));
  strip.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = {
      ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowUp: at - 1,
      Home: 0, End: marks.length - 1, PageDown: at + 10, PageUp: at - 10,
    };
    const place = steps[event.key];
    if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(place);
    marks[at]?.focus();
  });
  // A finger is wider than a passage: it chooses the nearest one, and the line leads there.
  strip.addEventListener("click", (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return;
    event.preventDefault();
    const far = marks.map((mark) => distance(mark, event.clientX));
    const tapped = (event.target as Element).closest<SVGAElement>("svg a");
    choose(tapped ? marks.indexOf(tapped) : far.indexOf(Math.min(...far)));
  });
}

const strip = document.querySelector<HTMLElement>(".strip");
const line = document.querySelector<HTMLElement>(".strip-line");
if (strip && line) begin(strip, line);

export {};
