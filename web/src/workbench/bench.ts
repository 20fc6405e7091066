/** The workbench with script: the editor, its answers without a new page, and what ran before. */
import { type Answer, columnsOf, Names, network, type Row, table, timeline, type View, views } from "./answers";
import { editor } from "./editor";
import { forget, past, remember, watch } from "./past";

interface Results {
  readonly head: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Row[] };
}
interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

const JSON_RESULTS = "application/sparql-results+json";
const FILES: Readonly<Record<string, readonly [string, string][]>> = {
  rows: [
    ["csv", "text/csv"],
    ["tsv", "text/tab-separated-values"],
    ["json", JSON_RESULTS],
    ["xml", "application/sparql-results+xml"],
  ],
  graph: [
    ["ttl", "text/turtle"],
    ["jsonld", "application/ld+json"],
    ["nt", "application/n-triples"],
  ],
};

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  words = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  if (className) made.className = className;
  return made;
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = make("button", words, "plain");
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const ask = (query: string, accept: string): Promise<Response> =>
  fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
  });

async function prefixes(): Promise<Record<string, string>> {
  const answer = await fetch("/sparql/terms", { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as { prefixes: Record<string, string> }).prefixes : {};
}

async function told(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  const where = problem.line ? `Line ${problem.line}, column ${problem.column ?? 1}: ` : "";
  const words = [problem.detail ?? problem.title ?? `status ${answer.status}`, problem.hint];
  return where + words.filter(Boolean).join("; ");
}

export function start(form: HTMLFormElement): void {
  const area = form.querySelector("textarea");
  const answers = document.querySelector<HTMLElement>("#answer");
  if (!area || !answers) return;
  const names = prefixes().then((known) => new Names(known));
  const status = make("p", "", "said");
  status.setAttribute("role", "status");
  const said = (words: string, wrong: boolean): void => {
    status.textContent = words;
    status.classList.toggle("wrong", wrong);
  };
  const host = make("div", "", "editor");
  area.before(host);
  area.hidden = true;
  form.querySelector("label[for=query]")?.removeAttribute("for");
  const view = editor(host, area.value, {
    changed: (text) => {
      area.value = text;
    },
    run: () => void run(true),
    said,
  });
  host.after(status);
  form.querySelector(".remark")?.prepend("Ctrl and Enter run it; Escape, then Tab, leaves the editor. ");

  const put = (text: string): void => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    view.focus();
  };
  let running: AbortController | undefined;
  let shown = new URLSearchParams(location.search).get("query");

  async function run(push: boolean): Promise<void> {
    const query = view.state.doc.toString();
    running?.abort();
    const mine = (running = new AbortController());
    answers?.setAttribute("aria-busy", "true");
    shown = query;
    if (push) history.pushState(null, "", `/sparql?${new URLSearchParams({ query }).toString()}`);
    const began = performance.now();
    try {
      const answer = await ask(query, `${JSON_RESULTS}, text/turtle;q=0.9`);
      const shown = answer.ok ? await read(query, answer, began) : await failed(answer);
      if (mine.signal.aborted) return;
      answers?.replaceChildren(...shown);
    } catch {
      if (mine.signal.aborted) return;
      const words = "The answer broke off, or the service is away: nothing of it is shown. Run it again.";
      answers?.replaceChildren(alert(words));
    }
    answers?.removeAttribute("aria-busy");
  }

  function alert(words: string): HTMLElement {
    const made = make("p", words, "advice wrong");
    made.setAttribute("role", "alert");
    return made;
  }

  async function failed(answer: Response): Promise<HTMLElement[]> {
    return [alert(await told(answer))];
  }

  async function read(query: string, answer: Response, began: number): Promise<HTMLElement[]> {
    const media = answer.headers.get("content-type") ?? "";
    const notice = answer.headers.get("x-attribution");
    const hint = answer.headers.get("x-query-hint");
    const found: HTMLElement[] = [make("h2", "Answer")];
    if (notice) found.push(unattributed(notice));
    if (hint) found.push(make("p", hint, "advice"));
    const text = await answer.text();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    if (!media.startsWith(JSON_RESULTS)) {
      kept(query, null);
      const code = make("pre", text);
      code.tabIndex = 0;
      code.setAttribute("aria-label", "The graph in Turtle");
      return [...found, bar(`A graph, in ${seconds} s`, query, "graph"), code];
    }
    const results = JSON.parse(text) as Results;
    if (results.boolean !== undefined) {
      kept(query, null);
      return [...found, make("p", results.boolean ? "Yes." : "No.", "advice")];
    }
    const rows = results.results?.bindings ?? [];
    kept(query, rows.length);
    const counted = `${rows.length} ${rows.length === 1 ? "row" : "rows"}, complete, in ${seconds} s`;
    const whole: Answer = { columns: results.head.vars ?? [], rows };
    if (!rows.length) return [...found, make("p", "No rows: nothing in the data answers this query.", "advice")];
    const drawn = make("div");
    const known = await names;
    const show = async (which: View): Promise<void> => {
      if (which !== "table") await known.learn(rows, columnsOf(whole));
      drawn.replaceChildren(drawing(whole, which, known));
      for (const each of choices.children) {
        each.setAttribute("aria-pressed", String((each as HTMLElement).dataset["view"] === which));
      }
    };
    const choices = make("div", "", "views");
    for (const which of views(whole)) {
      const choice = button(which[0]?.toUpperCase() + which.slice(1), () => void show(which));
      choice.dataset["view"] = which;
      choices.append(choice);
    }
    const line = bar(counted, query, "rows");
    line.firstElementChild?.after(choices);
    await show("table");
    return [...found, line, drawn];
  }

  function drawing(answer: Answer, which: View, known: Names): Element {
    if (which === "table") return table(answer, known);
    const region = make("div", "", "wide");
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", which);
    region.append(which === "timeline" ? timeline(answer, known) : network(answer, known));
    return region;
  }

  function unattributed(header: string): HTMLElement {
    const reads = /reads="([^"]*)"/.exec(header)?.[1] ?? "a role";
    const join = /join="([^"]*)"/.exec(header)?.[1] ?? "";
    const made = make("p", "", "advice");
    made.append(make("strong", "Unattributed: "), `these rows rest on ${reads} without the claim that says so. `);
    made.append("Join the claim and its voice: ", make("code", join), ".");
    return made;
  }

  function bar(words: string, query: string, kind: "rows" | "graph"): HTMLElement {
    const line = make("div", "", "bar-of-views");
    const downloads = make("p", "Download ", "downloads");
    for (const [suffix, media] of FILES[kind] ?? []) {
      downloads.append(button(suffix === "ttl" ? "Turtle" : suffix.toUpperCase(), () => void save(query, suffix, media)));
    }
    const link = button("Copy link", () => {
      const at = `${form.dataset["address"] ?? location.origin}/sparql?${new URLSearchParams({ query }).toString()}`;
      void navigator.clipboard.writeText(at).then(() => (link.textContent = "Copied"));
    });
    link.hidden = !isSecureContext;
    line.append(make("p", words), downloads);
    downloads.append(link);
    return line;
  }

  async function save(query: string, suffix: string, media: string): Promise<void> {
    const answer = await ask(query, media).catch(() => undefined);
    if (!answer?.ok) {
      said(answer ? await told(answer) : "The download broke off; try it again.", true);
      return;
    }
    const at = URL.createObjectURL(await answer.blob());
    const link = make("a");
    link.href = at;
    link.download = `answer.${suffix}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(at), 60_000);
  }

  const history_ = make("details", "", "past");
  const summary = make("summary");
  const list = make("ol");
  list.setAttribute("role", "list");
  history_.append(summary, list, button("Forget all", () => {
    for (const each of past()) forget(each.key);
    listed();
  }));

  function kept(query: string, rows: number | null): void {
    remember(query, rows);
    listed();
  }

  function listed(): void {
    const known = past();
    summary.textContent = `Run in this browser: ${known.length}`;
    history_.hidden = known.length === 0;
    list.replaceChildren(...known.map(entry));
  }

  function entry(each: ReturnType<typeof past>[number]): HTMLElement {
    const made = make("li");
    const words = each.query.replace(/^\s*(PREFIX|BASE)[^\n]*\n/gim, "").replace(/\s+/g, " ").trim();
    const again = button(words.slice(0, 160) || "(empty)", () => put(each.query));
    const rows = each.rows === null ? "" : ` · ${each.rows} rows`;
    made.append(again, make("span", `${new Date(each.at).toLocaleString("en-GB")}${rows}`, "remark"));
    made.append(button("Forget", () => (forget(each.key), listed())));
    return made;
  }

  form.after(history_);
  watch(listed);
  listed();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(true);
  });
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === shown) return; // another place on this page
    if (query === null) {
      location.reload();
      return;
    }
    put(query);
    void run(false);
  });
  host.dataset["ready"] = "";
}
