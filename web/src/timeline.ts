/** The timeline: measure its labels as they are drawn, place them again, step by arrow keys. */
import { rove, say } from "./said";

const ROW = 18;
const PADDING = 10;
const GAP = 10;
const REACH = 6;
const FIRST = 19;

interface Mark {
  element: SVGAElement;
  label: SVGTextElement;
  low: number;
  high: number;
  at: number;
  shape: string;
  build: string;
  signed: boolean;
}

type Span = readonly [number, number];

const rowsOf = (mark: Mark): number => (mark.build === "plain" ? 1 : 2);

const number = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);

function read(element: SVGAElement): Mark | undefined {
  const label = element.querySelector("text");
  if (!label) return undefined;
  return {
    element,
    label,
    low: number(element, "data-low"),
    high: number(element, "data-high"),
    at: number(element, "data-at"),
    shape: element.dataset["shape"] ?? "",
    build: element.dataset["build"] ?? "plain",
    signed: element.dataset["build"] !== "act" && element.querySelector("use") !== null,
  };
}

/** Put a label beside its mark, before it where it would cross the day of publication, else below. */
function place(mark: Mark, wall: number, right: number): Span {
  const width = mark.label.getComputedTextLength();
  const reach = REACH + (mark.signed ? 7 : 2);
  const after = Math.max(mark.high, mark.at) + reach;
  const ahead = Math.min(mark.low, mark.at) - reach;
  const crosses = (mark.at <= wall && after + width > wall - 4) || after + width > right;
  let x: number;
  let before: boolean;
  if (mark.build !== "act") {
    const lasts = mark.shape === "from" || mark.shape === "span";
    mark.build = lasts || (crosses && ahead < width) ? "bar" : "plain";
  }
  if (mark.build === "bar") {
    const start = mark.shape === "within" ? mark.at - REACH : mark.low; // near the sign, which stands in its middle
    before = start + width > wall;
    x = before ? wall - REACH : start;
    mark.label.setAttribute("y", "18");
  } else {
    before = crosses && ahead > width;
    x = before ? ahead : after;
    mark.label.setAttribute("y", mark.build === "act" ? "22" : "4");
  }
  mark.label.setAttribute("x", String(x));
  mark.label.setAttribute("text-anchor", before ? "end" : "start");
  const left = Math.min(mark.low, mark.at - 7, before ? x - width : x);
  const end = Math.max(mark.high, mark.at + 7, before ? x : x + width);
  const target = mark.element.querySelector("rect.target");
  target?.setAttribute("x", String(left));
  target?.setAttribute("width", String(end - left));
  return [left - GAP, end];
}

/** Give each mark the first row in which it covers nothing; tell how many rows there are. */
function stack(marks: readonly Mark[], wall: number, right: number): number {
  const taken: Span[][] = [];
  for (const mark of marks) {
    const span = place(mark, wall, right);
    const free = (row: number): boolean =>
      !(taken[row] ?? []).some(([low, high]) => span[0] < high && low < span[1]);
    let row = 0;
    while (!Array.from({ length: rowsOf(mark) }, (_, i) => free(row + i)).every(Boolean)) row += 1;
    for (let i = 0; i < rowsOf(mark); i += 1) (taken[row + i] ??= []).push(span);
    mark.element.setAttribute("transform", `translate(0 ${row * ROW + FIRST})`);
  }
  return Math.max(taken.length, 2);
}

function arrange(svg: SVGSVGElement): void {
  const right = svg.viewBox.baseVal.width;
  const wall = number(svg, "data-wall");
  let y = 26;
  for (const lane of svg.querySelectorAll<SVGGElement>("g.lane")) {
    const marks = [...lane.querySelectorAll<SVGAElement>("a.entry")].flatMap(
      (element) => read(element) ?? [],
    );
    const height = stack(marks, wall, right) * ROW + 2 * PADDING;
    lane.setAttribute("transform", `translate(0 ${y})`);
    lane.querySelector(".floor")?.setAttribute("d", `M0 ${height}H${right}`);
    y += height;
  }
  for (const line of svg.querySelectorAll(".months path, path.issued")) {
    line.setAttribute("d", (line.getAttribute("d") ?? "").replace(/V[\d.]+$/, `V${y}`));
  }
  svg.querySelector(".issued-text")?.setAttribute("y", String(y + 16));
  svg.setAttribute("viewBox", `0 0 ${right} ${y + (svg.querySelector(".issued") ? 22 : 2)}`);
}

/** Find what the list under the drawing says of an entry: a claim may stand in it more than once. */
function items(all: readonly SVGAElement[]): Map<SVGAElement, Element> {
  const list = [...document.querySelectorAll<HTMLElement>(".dated > li, .rows-by-day > li")];
  const found = new Map<SVGAElement, Element>();
  const taken = new Set<Element>();
  for (const each of all) {
    const claim = each.dataset["claim"] ?? "";
    const tells = (item: HTMLElement): boolean =>
      item.dataset["claim"] === claim || item.querySelector(`a[href="${CSS.escape(claim)}"]`) !== null;
    const item = list.find((one) => !taken.has(one) && tells(one)) ?? list.find(tells);
    if (!item) continue;
    taken.add(item);
    found.set(each, item);
  }
  return found;
}

/** One stop for the Tab key; arrows step through the entries of a lane and between lanes. */
function steps(svg: SVGSVGElement): void {
  const lanes = [...svg.querySelectorAll("g.lane")].map((lane) => [
    ...lane.querySelectorAll<SVGAElement>("a.entry"),
  ]);
  const all = lanes.flat();
  const panel = svg.closest(".plot")?.querySelector<HTMLElement>(".spoken");
  const told = items(all);
  const focus = rove(all, (entry) => {
    for (const each of all) each.classList.toggle("chosen", each === entry);
    if (panel) say(panel, told.get(entry));
  });
  svg.addEventListener("keydown", (event) => {
    const element = (event.target as Element).closest<SVGAElement>("a.entry");
    const lane = lanes.findIndex((each) => element !== null && each.includes(element));
    if (!element || lane < 0) return;
    const inLane = lanes[lane] ?? [];
    const at = inLane.indexOf(element);
    const beside = (other: readonly SVGAElement[] | undefined): SVGAElement | undefined =>
      other?.reduce((best, each) =>
        Math.abs(number(each, "data-at") - number(element, "data-at")) <
        Math.abs(number(best, "data-at") - number(element, "data-at"))
          ? each
          : best,
      );
    const next: Record<string, () => SVGAElement | undefined> = {
      ArrowRight: () => inLane[at + 1],
      ArrowLeft: () => inLane[at - 1],
      ArrowDown: () => beside(lanes[lane + 1]),
      ArrowUp: () => beside(lanes[lane - 1]),
      Home: () => inLane[0],
      End: () => inLane.at(-1),
    };
    const go = next[event.key];
    if (go) {
      event.preventDefault();
      focus(go());
    }
  });
}

const svg = document.querySelector<SVGSVGElement>("svg.timeline");
if (svg) {
  // Out of sight nothing can be measured: wait for the window that is wide enough for the drawing.
  const drawn = matchMedia("(min-width: 1000px)");
  const begin = async (): Promise<void> => {
    if (!drawn.matches || svg.dataset["ready"] !== undefined) return;
    await document.fonts.ready;
    arrange(svg);
    document.fonts.addEventListener("loadingdone", () => arrange(svg));
    steps(svg);
    svg.dataset["ready"] = "";
  };
  drawn.addEventListener("change", () => void begin());
  void begin();
}
