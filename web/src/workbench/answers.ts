/** An answer of the service in, what is shown of it out: a table, a line of time, a network. */

export interface Term {
  readonly type: "uri" | "literal" | "bnode" | "triple";
  readonly value: string;
  readonly "xml:lang"?: string;
  readonly datatype?: string;
}
export type Row = Readonly<Record<string, Term | undefined>>;
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}
export type View = "table" | "timeline" | "network";

const HEIGHT = 30; // of a row of a long table
const PLAIN = 200; // rows that are drawn at once
const SPARE = 12;
const AT_ONCE = 100; // names in one look-up
const MOST_NAMES = 500; // of the rows that are drawn at once
const LINE = 16; // from one line of a label to the next
const SVG = "http://www.w3.org/2000/svg";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Leave out the columns that only hold the labels of another. */
export const columnsOf = (answer: Answer): string[] =>
  answer.columns.filter((name) => !(name.endsWith("Label") && answer.columns.includes(name.slice(0, -5))));

interface Called {
  readonly text: string;
  readonly language: string;
  readonly unnamed: boolean;
}

/** Name things as the data do, write other IRIs as a query does, and find where they lead. */
export class Names {
  private readonly called = new Map<string, Called | null>();

  constructor(private readonly prefixes: Readonly<Record<string, string>>) {}

  /** Look up the things of these rows that have no label in their row; tell whether any was new. */
  async learn(rows: readonly Row[], columns: readonly string[]): Promise<boolean> {
    const found = rows.flatMap((row) =>
      columns.flatMap((name) => (row[name]?.type === "uri" && !row[`${name}Label`] ? [row[name].value] : [])),
    );
    const id = `${this.base}id/`;
    const wanted = [...new Set(found)].filter((iri) => iri.startsWith(id) && !this.called.has(iri)).slice(0, MOST_NAMES);
    for (const iri of wanted) this.called.set(iri, null); // asked for once, whatever comes of it
    for (let first = 0; first < wanted.length; first += AT_ONCE) {
      const asked = wanted.slice(first, first + AT_ONCE).map((iri) => ["thing", iri.slice(id.length)]);
      const answer = await fetch(`/sparql/names?${new URLSearchParams(asked).toString()}`, {
        headers: { Accept: "application/json" },
      }).catch(() => undefined);
      if (!answer?.ok) break; // the IRIs stay as they are
      const told = (await answer.json()) as Record<string, Called>;
      for (const [short, name] of Object.entries(told)) this.called.set(id + short, name);
    }
    return wanted.length > 0;
  }

  private get base(): string {
    return (this.prefixes["hg"] ?? "").replace(/ns#$/, "");
  }

  text(row: Row, column: string): string {
    const term = row[column];
    if (!term) return "";
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type === "triple") return JSON.stringify(term.value);
    if (term.type !== "uri") return term.value;
    const label = row[`${column}Label`]?.value;
    const name = this.called.get(term.value);
    return label ?? (name ? (name.unnamed ? `“${name.text}”` : name.text) : this.short(term.value));
  }

  short(iri: string): string {
    const id = `${this.base}id/`;
    if (iri.startsWith(id)) return iri.slice(id.length);
    for (const [prefix, space] of Object.entries(this.prefixes)) {
      if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
    }
    return iri;
  }

  href(iri: string): string {
    if (iri.startsWith(`${this.base}id/`) || iri.startsWith(`${this.base}ns`)) {
      return `/${iri.slice(this.base.length)}`;
    }
    return /^https?:\/\/[^\s<>"]+$/.test(iri) ? iri : "";
  }

  cell(row: Row, column: string): HTMLElement {
    const term = row[column];
    const words = this.text(row, column);
    const href = term?.type === "uri" ? this.href(term.value) : "";
    const element = document.createElement(href ? "a" : "span");
    if (element instanceof HTMLAnchorElement) element.href = href;
    element.dir = "auto";
    element.textContent = words;
    const name = term?.type === "uri" ? this.called.get(term.value) : undefined;
    const language = term?.["xml:lang"] ?? row[`${column}Label`]?.["xml:lang"] ?? name?.language;
    if (language) element.lang = language;
    const short = term?.type === "uri" ? this.short(term.value) : words;
    element.title = term?.type === "uri" && short === words ? term.value : short;
    return element;
  }
}

/** List the views for which an answer has the columns. */
export function views(answer: Answer): View[] {
  const found: View[] = ["table"];
  if (dated(answer)) found.push("timeline");
  if (ends(answer)) found.push("network");
  return found;
}

const dated = (answer: Answer): string | undefined =>
  answer.columns.find((name) => answer.rows.some((row) => DAY.test(row[name]?.value ?? "")));

function ends(answer: Answer): [string, string] | undefined {
  const things = columnsOf(answer).filter((name) => answer.rows.some((row) => row[name]?.type === "uri"));
  return things[0] && things[1] ? [things[0], things[1]] : undefined;
}

// The table

export function table(answer: Answer, names: Names): HTMLElement {
  const columns = columnsOf(answer);
  const region = document.createElement("div");
  region.className = "wide";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", "Rows");
  const drawn = document.createElement("table");
  const long = answer.rows.length > PLAIN;
  drawn.setAttribute("aria-rowcount", String(answer.rows.length + 1));
  const head = drawn.createTHead().insertRow();
  head.setAttribute("aria-rowindex", "1");
  const body = drawn.createTBody();
  let rows = [...answer.rows];

  const line = (row: Row, place: number): HTMLTableRowElement => {
    const made = document.createElement("tr");
    made.setAttribute("aria-rowindex", String(place + 2));
    for (const column of columns) {
      const cell = made.insertCell();
      if (!row[column]) continue;
      cell.dataset["label"] = column;
      cell.append(names.cell(row, column));
    }
    return made;
  };
  const space = (count: number): HTMLTableRowElement => {
    const made = document.createElement("tr");
    made.className = "space";
    made.setAttribute("aria-hidden", "true");
    made.insertCell().colSpan = columns.length;
    made.style.height = `${count * HEIGHT}px`;
    return made;
  };
  const draw = (): void => {
    const first = long ? Math.max(0, Math.floor(region.scrollTop / HEIGHT) - SPARE) : 0;
    const seen = Math.ceil((region.clientHeight || 600) / HEIGHT) + 2 * SPARE;
    const last = long ? Math.min(rows.length, first + seen) : rows.length;
    const visible = rows.slice(first, last).map((row, i) => line(row, first + i));
    body.replaceChildren(
      ...(first ? [space(first)] : []),
      ...visible,
      ...(last < rows.length ? [space(rows.length - last)] : []),
    );
    const seen_ = rows.slice(first, last);
    void names.learn(seen_, columns).then((news) => {
      if (news) draw();
    });
  };
  for (const column of columns) head.append(heading(column, sorted));
  function sorted(column: string, turn: number): void {
    rows = turn
      ? [...answer.rows].sort(
          (one, other) =>
            turn * names.text(one, column).localeCompare(names.text(other, column), "en", { numeric: true }),
        )
      : [...answer.rows];
    draw();
  }
  region.append(drawn);
  // On a narrow screen each row is a list; of a long answer the rows have to keep one height.
  if (!long) drawn.className = "stacking";
  if (long) {
    region.classList.add("long");
    region.addEventListener("scroll", draw, { passive: true });
  }
  draw();
  return region;
}

const TURNS = ["none", "ascending", "descending"] as const;

function heading(column: string, sorted: (column: string, turn: number) => void): HTMLElement {
  const made = document.createElement("th");
  made.scope = "col";
  made.setAttribute("aria-sort", "none");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = column;
  button.addEventListener("click", () => {
    const next = (TURNS.indexOf(made.getAttribute("aria-sort") as (typeof TURNS)[number]) + 1) % 3;
    for (const each of made.parentElement?.children ?? []) each.setAttribute("aria-sort", "none");
    made.setAttribute("aria-sort", TURNS[next] ?? "none");
    sorted(column, next === 2 ? -1 : next);
  });
  made.append(button);
  return made;
}

// Drawings

function part(name: string, attributes: Readonly<Record<string, string | number>>, words = ""): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (words) made.textContent = words;
  return made;
}

function canvas(height: number, label: string): SVGElement {
  return part("svg", { viewBox: `0 0 1144 ${height}`, class: "network", role: "group", "aria-label": label });
}

function linked(href: string, label: string, ...inner: SVGElement[]): SVGElement {
  const made = part(href ? "a" : "g", href ? { href, "aria-label": label } : {});
  made.append(...inner);
  return made;
}

/** Rows in order of their first day, each at its place on the line of time. */
export function timeline(answer: Answer, names: Names): SVGElement {
  const column = dated(answer) ?? "";
  const other = columnsOf(answer).find((name) => name !== column && answer.rows.some((row) => row[name])) ?? column;
  const days = answer.rows
    .flatMap((row) => {
      const text = row[column]?.value ?? "";
      return DAY.test(text) ? [{ row, text, at: Date.parse(text) }] : [];
    })
    .sort((one, next) => one.at - next.at);
  const low = days[0]?.at ?? 0;
  const span = Math.max((days.at(-1)?.at ?? 0) - low, 86_400_000);
  const lines = days.map(({ row }) => wrapped(names.text(row, other), 70));
  const svg = canvas(lines.reduce((sum, each) => sum + heightOf(each), 12), "Rows by their day; the table says the same");
  let y = 16;
  days.forEach(({ row, text, at }, place) => {
    const own = lines[place] ?? [];
    const x = 110 + ((at - low) / span) * 520;
    const term = row[other];
    const href = term?.type === "uri" ? names.href(term.value) : "";
    svg.append(
      part("path", { d: `M100 ${y}H1144`, class: "floor" }),
      part("text", { x: 0, y: y + 4, class: "side" }, text),
      linked(
        href,
        `${text}: ${own.join(" ")}`,
        part("path", { d: `M${x} ${y - 7}v14`, class: "tick" }),
        label(own, x + 8, y + 4, "start"),
      ),
    );
    y += heightOf(own);
  });
  return svg;
}

/** The first two columns of things, and a line for each row that has both. */
export function network(answer: Answer, names: Names): SVGElement {
  const [from, to] = ends(answer) ?? ["", ""];
  const pairs = answer.rows.filter((row) => row[from]?.type === "uri" && row[to]?.type === "uri");
  const side = (column: string): Map<string, Row> =>
    new Map(pairs.map((row) => [row[column]?.value ?? "", row]));
  const left = stacked(side(from), from, names);
  const right = stacked(side(to), to, names);
  const foot = Math.max(...[left, right].map((ends) => [...ends.values()].at(-1)?.foot ?? 0));
  const svg = canvas(foot, "Network; the table says the same");
  svg.append(
    part("text", { x: 420, y: 16, class: "side", "text-anchor": "end" }, from),
    part("text", { x: 724, y: 16, class: "side" }, to),
  );
  for (const row of pairs) {
    const [one, two] = [left.get(row[from]?.value ?? "")?.y ?? 0, right.get(row[to]?.value ?? "")?.y ?? 0];
    svg.append(part("path", { d: `M430 ${one}C540 ${one} 600 ${two} 714 ${two}`, class: "line" }));
  }
  for (const [ends, x, anchor] of [[left, 424, "end"], [right, 720, "start"]] as const) {
    for (const [iri, end] of ends) {
      const text = label(end.lines, x, end.y + 4 - ((end.lines.length - 1) * LINE) / 2, anchor);
      svg.append(linked(names.href(iri), end.lines.join(" "), text));
    }
  }
  return svg;
}

interface End {
  readonly lines: readonly string[];
  readonly y: number;
  readonly foot: number;
}

/** Stand names below each other, each in as many lines as it needs. */
function stacked(side: ReadonlyMap<string, Row>, column: string, names: Names): Map<string, End> {
  const ends = new Map<string, End>();
  let foot = 30;
  for (const [iri, row] of side) {
    const lines = wrapped(names.text(row, column), 52);
    const y = foot + 12 + ((lines.length - 1) * LINE) / 2;
    foot += heightOf(lines) + 8;
    ends.set(iri, { lines, y, foot });
  }
  return ends;
}

const heightOf = (lines: readonly string[]): number => 22 + (lines.length - 1) * LINE;

/** Part words into lines: nothing that was published is shortened. */
function wrapped(words: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length ? lines : [""];
}

function label(lines: readonly string[], x: number, y: number, anchor: string): SVGElement {
  const made = part("text", { x, y, "text-anchor": anchor });
  lines.forEach((line, place) => made.append(part("tspan", { x, y: y + place * LINE }, line)));
  return made;
}
