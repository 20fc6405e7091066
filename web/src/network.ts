/** The network: arrow keys step from line to line, and what a line says stands under the drawing. */
import { rove, say } from "./said";

function begin(graph: SVGSVGElement, said: HTMLElement): void {
  const lines = [...graph.querySelectorAll<SVGAElement>("a.dealt")];
  const address = (line: SVGAElement): string => line.getAttribute("href") ?? "";
  // A claim of several dealings stands in the list once for each, in the order of the lines.
  const items = [...document.querySelectorAll<HTMLElement>(".edges > li")];
  const item = (line: SVGAElement): HTMLElement | undefined => {
    const twin = lines.filter((each) => address(each) === address(line)).indexOf(line);
    return items.filter((each) => each.dataset["claim"] === address(line))[twin];
  };
  const tell = (line: SVGAElement): void => {
    for (const each of [...lines, ...items]) each.classList.remove("chosen");
    const found = item(line);
    line.classList.add("chosen");
    found?.classList.add("chosen");
    say(said, found);
  };
  const go = rove(lines, tell);
  // The names are links of the lists below as well.
  for (const end of graph.querySelectorAll("a.end")) end.setAttribute("tabindex", "-1");
  graph.addEventListener("keydown", (event) => {
    const line = (event.target as Element).closest<SVGAElement>("a.dealt");
    const at = line ? lines.indexOf(line) : -1;
    if (at < 0) return;
    const next: Record<string, number> = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1,
    };
    const place = next[event.key];
    if (place === undefined) return;
    event.preventDefault();
    go(lines[place]);
  });
  graph.dataset["ready"] = "";
}

const graph = document.querySelector<SVGSVGElement>("#graph");
const said = document.querySelector<HTMLElement>("#edge-said");
if (graph && said) begin(graph, said);
