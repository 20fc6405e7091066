/** The editor: colours, completion, mistakes marked where the service finds them. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { names, things } from "./terms";

interface Checked {
  readonly ok: boolean;
  readonly message?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
  readonly unattributed?: string;
  readonly unknown_functions?: readonly string[];
  readonly unknown_terms?: readonly { name: string; nearest: string }[];
}

export interface Bench {
  readonly changed: (text: string) => void;
  readonly run: () => void;
  readonly said: (words: string, wrong: boolean) => void;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--ink2)", fontStyle: "italic" },
  { tag: tags.propertyName, textDecoration: "none", color: "var(--ink)" },
  { tag: [tags.string, tags.number, tags.literal], color: "var(--ink2)", fontStyle: "italic" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink3)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "var(--bg)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "2px" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { font: "13px/20px var(--mono)", minHeight: "14rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--accent)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)" },
  ".cm-gutters": { backgroundColor: "var(--tint)", color: "var(--ink2)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--tint)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--wash)",
  },
  ".cm-selectionMatch, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--wash)" },
  ".cm-tooltip, .cm-panels": { backgroundColor: "var(--bg)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "13px/20px var(--sans)", maxHeight: "18em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--ink)", color: "var(--bg)" },
  ".cm-completionDetail": { color: "inherit", fontStyle: "italic", opacity: "1", marginLeft: "1em" },
  ".cm-completionMatchedText": { fontWeight: "600", textDecoration: "none" },
  ".cm-completionInfo": { font: "13px/19px var(--sans)", padding: "8px 12px", maxWidth: "26em" },
  ".cm-diagnostic": { font: "13px/19px var(--sans)", padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--accent)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--edge)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--accent)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--edge)",
    textUnderlineOffset: "3px",
  },
});

// The grammar knows SPARQL 1.1 and marks no mistakes: the service does, which knows more.
const language = new LanguageSupport(
  SparqlLanguage.configure({
    props: [
      styleTags({
        "Pname_ln Pname_ns": tags.propertyName,
        A_predicate: tags.keyword,
        "Integer Decimal Double": tags.number,
      }),
    ],
  }),
);

async function check(text: string): Promise<Checked | undefined> {
  try {
    const answer = await fetch("/sparql/check", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/json" },
      body: text,
    });
    return answer.ok ? ((await answer.json()) as Checked) : undefined;
  } catch {
    return undefined; // the service is away: the next change asks again
  }
}

/** Columns count characters; the editor counts UTF-16 units. */
function place(state: EditorState, line: number, column: number): number {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const before = [...found.text].slice(0, Math.max(column - 1, 0)).join("");
  return Math.min(found.from + before.length, found.to);
}

function wordAt(state: EditorState, from: number): number {
  const rest = state.sliceDoc(from, from + 80);
  return from + Math.max(/^[^\s{}()]*/.exec(rest)?.[0].length ?? 0, Math.min(rest.length, 1));
}

async function mistakes(view: EditorView, bench: Bench): Promise<Diagnostic[]> {
  const text = view.state.doc.toString();
  if (!text.trim()) {
    bench.said("", false);
    return [];
  }
  const told = await check(text);
  if (!told || text !== view.state.doc.toString()) return [];
  const found: Diagnostic[] = [];
  if (!told.ok) {
    const from = place(view.state, told.line ?? 1, told.column ?? 1);
    const message = [told.message, told.hint].filter(Boolean).join("; ");
    found.push({ from, to: wordAt(view.state, from), severity: "error", message });
    const where = told.line ? `Line ${told.line}, column ${told.column ?? 1}: ` : "";
    bench.said(where + message, true);
  } else {
    bench.said(told.unattributed ?? "", false);
  }
  for (const term of told.unknown_terms ?? []) {
    const from = text.indexOf(term.name);
    const near = term.nearest ? `; did you mean ${term.nearest}?` : "";
    const message = `${term.name} is no term of the ontology${near}`;
    if (from >= 0) found.push({ from, to: from + term.name.length, severity: "warning", message });
  }
  return found;
}

/** Make the editor in place of the text area. */
export function editor(parent: HTMLElement, doc: string, bench: Bench): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  return new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({
          "aria-label": "Query in SPARQL. Control and Enter run it, Escape and then Tab leave it.",
        }),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        language,
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        autocompletion({ override: [names, things], icons: false }),
        linter((view) => mistakes(view, bench), { delay: 500 }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) bench.changed(update.state.doc.toString());
        }),
        keymap.of([
          { key: "Mod-Enter", run: () => (bench.run(), true) },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
      ],
    }),
  });
}
