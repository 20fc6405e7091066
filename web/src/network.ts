/** The network: the lists of the page drawn with Cytoscape; each line leads to its claim. */
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type StylesheetJson } from "cytoscape";

interface Dealing {
  item: HTMLElement;
  href: string;
}

const SHAPES: Record<string, string> = { person: "ellipse", body: "rectangle" };
const LINES: Record<string, { style: string; arrow: string }> = {
  met: { style: "solid", arrow: "none" },
  told: { style: "solid", arrow: "vee" },
  "did not tell": { style: "dotted", arrow: "tee" },
  instructed: { style: "solid", arrow: "vee" },
  "leaked to": { style: "dashed", arrow: "vee" },
};

const text = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** Read nodes and edges from the lists, so that there is one account of them. */
function read(items: readonly HTMLElement[]): [ElementDefinition[], Map<string, Dealing>] {
  const nodes = new Map<string, ElementDefinition>();
  const edges: ElementDefinition[] = [];
  const dealings = new Map<string, Dealing>();
  items.forEach((item, place) => {
    for (const end of ["from", "to"] as const) {
      const id = item.dataset[end] ?? "";
      const element = item.querySelector<HTMLElement>(`.${end}`);
      const sign = element?.dataset["sign"] ?? "";
      nodes.set(id, {
        data: { id, label: text(element), shape: SHAPES[sign] ?? "ellipse" },
        classes: sign in SHAPES ? "" : "unnamed",
      });
    }
    const { kind = "", undone = "" } = item.dataset;
    const denied = item.dataset["denied"] === undefined ? "" : "denied";
    const remark = [undone, denied].filter(Boolean).join(", ");
    const line = LINES[kind] ?? { style: "solid", arrow: "vee" };
    dealings.set(`e${place}`, { item, href: item.dataset["claim"] ?? "" });
    edges.push({
      data: {
        id: `e${place}`,
        source: item.dataset["from"] ?? "",
        target: item.dataset["to"] ?? "",
        label: remark ? `${kind} (${remark})` : kind,
        style: line.style,
        arrow: line.arrow,
      },
    });
  });
  return [[...nodes.values(), ...edges], dealings];
}

/** Find the colours as the theme has them now: a canvas knows no custom properties. */
function colours(container: HTMLElement): Record<"ink" | "ink2" | "paper" | "accent", string> {
  const probe = document.createElement("i");
  container.append(probe);
  const found = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const all = { ink: found("ink"), ink2: found("ink2"), paper: found("bg"), accent: found("accent") };
  probe.remove();
  return all;
}

function sheet(container: HTMLElement): StylesheetJson {
  const { ink, ink2, paper, accent } = colours(container);
  const styles = getComputedStyle(document.documentElement);
  const [serif, sans] = ["--serif", "--sans"].map((name) => styles.getPropertyValue(name).trim());
  return [
    { selector: "node", style: {
      label: "data(label)", shape: "data(shape)" as never, width: 13, height: 13, "background-color": ink,
      color: ink, "font-family": serif ?? "serif", "font-size": 16, "font-weight": "bold",
      "text-valign": "bottom", "text-margin-y": 6, "text-wrap": "wrap", "text-max-width": "140px",
      "text-outline-color": paper, "text-outline-width": 3, "min-zoomed-font-size": 7 } },
    { selector: "node.unnamed", style: {
      "background-opacity": 0, "border-width": 2, "border-style": "dashed", "border-color": ink,
      "font-style": "italic", "font-weight": "normal" } },
    { selector: "edge", style: {
      width: 1.4, "line-color": ink2, "line-style": "data(style)" as never, "curve-style": "bezier",
      "control-point-step-size": 34, "target-arrow-shape": "data(arrow)" as never, "target-arrow-color": ink2,
      "arrow-scale": 1.1, label: "data(label)", color: ink2, "font-family": sans ?? "sans-serif", "font-size": 12.5,
      "text-rotation": "autorotate", "text-outline-color": paper, "text-outline-width": 3, "min-zoomed-font-size": 7 } },
    { selector: "edge:selected", style: {
      width: 3, "line-color": accent, "target-arrow-color": accent, color: accent, "z-index": 9 } },
  ];
}

/** Say beside the drawing what a chosen line says, and on whose word. */
function tell(dealing: Dealing, said: HTMLElement): void {
  for (const other of document.querySelectorAll(".edges > li.chosen")) other.classList.remove("chosen");
  dealing.item.classList.add("chosen");
  said.replaceChildren();
  for (const part of [".dealing", ".what > a", ".word", ".reply"]) {
    const found = dealing.item.querySelector(part);
    if (!found || !text(found)) continue;
    const line = document.createElement("div");
    line.append(found.cloneNode(true));
    said.append(line);
  }
}

/** Spread the drawing over the whole width, which the layout does not look at. */
function spread(graph: Core): void {
  const box = graph.nodes().boundingBox({ includeLabels: false });
  const wanted = graph.width() / graph.height();
  const factor = Math.min(Math.max((wanted * box.h) / Math.max(box.w, 1), 1), 2.2);
  graph.nodes().positions((node) => ({ x: node.position("x") * factor, y: node.position("y") }));
  graph.fit(undefined, 30);
}

function steps(graph: Core, container: HTMLElement, dealings: Map<string, Dealing>): void {
  const ids = [...dealings.keys()];
  const choose = (place: number): void => {
    const id = ids[(place + ids.length) % ids.length];
    if (id === undefined) return;
    graph.elements().unselect();
    graph.getElementById(id).select();
  };
  container.addEventListener("keydown", (event) => {
    const chosen = graph.edges(":selected").first();
    const at = chosen.nonempty() ? ids.indexOf(chosen.id()) : -1;
    if (event.key === "ArrowRight" || event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
    else if (event.key === "Home") choose(0);
    else if (event.key === "End") choose(-1);
    else if (event.key === "Enter" && at >= 0) location.assign(dealings.get(ids[at] ?? "")?.href ?? "");
    else if (event.key === "Escape") container.blur();
    else return;
    event.preventDefault();
  });
}

async function draw(container: HTMLElement, said: HTMLElement): Promise<void> {
  const items = [...document.querySelectorAll<HTMLElement>(".edges > li")];
  const [elements, dealings] = read(items);
  container.closest<HTMLElement>(".drawn")?.removeAttribute("hidden");
  await document.fonts.ready;
  // Cytoscape adds a style of its own, which the page forbids, unless an element has this name.
  const marker = document.createElement("meta");
  marker.id = "__________cytoscape_stylesheet";
  document.head.append(marker);
  const graph = cytoscape({
    container,
    elements,
    style: sheet(container),
    layout: { name: "circle" },
    minZoom: 0.2,
    maxZoom: 3,
    // A wheel that is meant to scroll the page must not zoom the drawing.
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  const layout = graph.layout({
    name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, padding: 36,
    idealEdgeLength: () => 70, nodeRepulsion: () => 24_000, nodeOverlap: 24, gravity: 0.6, numIter: 2500,
  });
  const placed = layout.promiseOn("layoutstop");
  layout.run();
  await placed;
  spread(graph);
  graph.on("select", "edge", (event) => {
    const dealing = dealings.get((event.target as EdgeSingular).id());
    if (dealing) tell(dealing, said);
  });
  steps(graph, container, dealings);
  const again = (): void => void graph.style(sheet(container));
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  container.dataset["ready"] = "";
}

const container = document.querySelector<HTMLElement>("#graph");
const said = document.querySelector<HTMLElement>("#edge-said");
if (container && said) void draw(container, said);
