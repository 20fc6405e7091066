/** What a query may name: prefixes and terms of the ontology, and things by their labels. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

interface Term {
  readonly name: string;
  readonly kind: "class" | "property" | "value";
  readonly label: string;
  readonly definition: string;
}
interface Vocabulary {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
}
interface Thing {
  readonly iri: string;
  readonly label: string;
  readonly kind: string;
}

const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH BIND VALUES PREFIX ORDER BY GROUP HAVING LIMIT OFFSET ASK CONSTRUCT DESCRIBE COUNT SUM MIN MAX GROUP_CONCAT EXISTS NOT LANG STR REGEX CONTAINS LCASE STRSTARTS BOUND COALESCE IF"
    .split(" ")
    .map((label): Completion => ({ label, type: "keyword", boost: -2 }));

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

let vocabulary: Promise<Vocabulary> | undefined;

const known = (): Promise<Vocabulary> =>
  (vocabulary ??= read<Vocabulary>("/sparql/terms").catch((error: unknown) => {
    vocabulary = undefined; // to be tried again at the next letter
    throw error;
  }));

/** Put in a name, and declare its prefix above where the query does not. */
function declaring(prefix: string, iri: string) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    const text = view.state.doc.toString();
    const declared = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(text);
    const line = declared ? "" : `PREFIX ${prefix}: <${iri}>\n`;
    const changes = [{ from, to, insert: completion.label }];
    view.dispatch({
      changes: line ? [{ from: 0, insert: line }, ...changes] : changes,
      selection: { anchor: from + completion.label.length + line.length },
      userEvent: "input.complete",
    });
  };
}

/** Names and keywords. */
export async function names(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[?$]?[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  if (/[<"']$/.test(context.state.sliceDoc(word.from - 1, word.from))) return null;
  if (/^[?$]/.test(word.text)) return variables(context, word.from);
  const { prefixes, terms } = await known();
  const prefixed = terms.flatMap((term): Completion[] => {
    const iri = prefixes[term.name.split(":")[0] ?? ""];
    const prefix = term.name.split(":")[0] ?? "";
    return iri
      ? [
          {
            label: term.name,
            detail: term.label,
            type: term.kind === "value" ? "constant" : term.kind,
            apply: declaring(prefix, iri),
            ...(term.definition ? { info: term.definition } : {}),
          },
        ]
      : [];
  });
  const spaces = Object.entries(prefixes).map(
    ([prefix, iri]): Completion => ({
      label: `${prefix}:`,
      detail: iri,
      type: "namespace",
      boost: 1,
      apply: declaring(prefix, iri),
    }),
  );
  const plain = word.text.includes(":") ? [] : KEYWORDS;
  return { from: word.from, options: [...prefixed, ...spaces, ...plain], validFor: /^[\w-]*:?[\w-]*$/ };
}

function variables(context: CompletionContext, from: number): CompletionResult {
  const text = context.state.doc.toString();
  const here = context.state.sliceDoc(from, context.pos);
  const found = new Set(text.match(/[?$]\w+/g) ?? []);
  found.delete(here);
  return { from, options: [...found].map((label) => ({ label, type: "variable" })) };
}

/** Things of the data by words of their labels, between `<` and `>`. */
export async function things(context: CompletionContext): Promise<CompletionResult | null> {
  const open = context.matchBefore(/<[^<>"{}|^`\\\n]*/);
  const asked = open?.text.slice(1).trim() ?? "";
  if (!open || asked.length < 2 || /^\w+:\/\//.test(asked)) return null;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (context.aborted) return null;
  const found = await read<readonly Thing[]>(`/sparql/things?q=${encodeURIComponent(asked)}`);
  const closed = context.state.sliceDoc(context.pos, context.pos + 1) === ">";
  return {
    from: open.from + 1,
    filter: false,
    options: found.map((thing) => ({
      label: thing.label,
      detail: thing.kind,
      type: "text",
      apply: thing.iri + (closed ? "" : ">"),
    })),
  };
}
