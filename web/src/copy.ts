/** A reader's own copy: find the passage of a claim in it and compare digests, all in the browser. */
import { digestOf, norm1 } from "./norm1";

interface Passage {
  start: number;
  end: number;
  digest: string;
}

const CONTEXT = 160; // characters shown on either side
const AT_ONCE = 400; // digests that are computed together
const PAUSE = 150; // milliseconds without a change, after which a text is compared

const element = <K extends keyof HTMLElementTagNameMap>(name: K, words = ""): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
};

/** Find where a passage begins: at its offset, else anywhere in a copy that differs elsewhere. */
async function place(text: readonly string[], passage: Passage, stale: () => boolean): Promise<number> {
  const length = passage.end - passage.start;
  const agrees = async (start: number): Promise<boolean> =>
    start + length <= text.length && (await digestOf(text.slice(start, start + length))) === passage.digest;
  if (await agrees(passage.start)) return passage.start;
  for (let start = 0; start + length <= text.length && !stale(); start += AT_ONCE) {
    const tried = Array.from({ length: AT_ONCE }, (_, i) => agrees(start + i));
    const found = (await Promise.all(tried)).indexOf(true);
    if (found >= 0) return start + found;
  }
  return -1;
}

function shown(text: readonly string[], start: number, passage: Passage): HTMLLIElement {
  const item = element("li");
  const range = `${passage.start} to ${passage.end}`;
  if (start < 0) {
    item.append(element("p", `Passage ${range}: no such passage is in this copy. Its digest is not found, so the copy words it otherwise, or is another text.`));
    return item;
  }
  const end = start + passage.end - passage.start;
  const where = start === passage.start ? "" : `, here at ${start} to ${end}`;
  item.append(element("p", `Passage ${range}${where}: the digest agrees. These are the characters on which the record rests.`));
  const quote = element("blockquote");
  quote.dir = "auto";
  quote.append(
    (start > CONTEXT ? "…" : "") + text.slice(Math.max(start - CONTEXT, 0), start).join(""),
    element("mark", text.slice(start, end).join("")),
    text.slice(end, end + CONTEXT).join("") + (end + CONTEXT < text.length ? "…" : ""),
  );
  item.append(quote);
  return item;
}

function begin(room: HTMLElement): void {
  const area = room.querySelector("textarea");
  const opened = room.querySelector<HTMLInputElement>("input[type=file]");
  const whole = room.querySelector<HTMLElement>(".whole");
  const list = room.querySelector("ol");
  if (!area || !opened || !whole || !list) return;
  const passages = [...list.querySelectorAll("li")].map(({ dataset }) => ({
    start: Number(dataset["start"]),
    end: Number(dataset["end"]),
    digest: dataset["digest"] ?? "",
  }));
  const digests = (room.dataset["texts"] ?? "").split(" ");
  let turn = 0;
  let waiting = 0;
  const compare = async (given: string): Promise<void> => {
    const mine = (turn += 1);
    list.replaceChildren();
    const text = norm1(given);
    if (text.length === 0) {
      whole.textContent = "";
      return;
    }
    whole.textContent = "Comparing …";
    const digest = await digestOf(text);
    const stale = (): boolean => mine !== turn; // another copy was given meanwhile
    const items: HTMLLIElement[] = [];
    for (const passage of passages) items.push(shown(text, await place(text, passage, stale), passage));
    if (stale()) return;
    const same = digests.includes(digest);
    whole.textContent = `Your copy, normalised by norm/1: ${text.length} characters, sha256 ${digest}. ${
      same ? "It is the text of the records, character by character." : "It is not the whole text of the records, or differs somewhere."
    }`;
    list.replaceChildren(...items);
    room.dataset["compared"] = digest;
  };
  area.addEventListener("input", () => {
    turn += 1; // what is under way is of no use any more
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void compare(area.value), PAUSE);
  });
  opened.addEventListener("change", async () => {
    const file = opened.files?.[0];
    if (!file) return;
    window.clearTimeout(waiting);
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      await compare(decoder.decode(await file.arrayBuffer()));
    } catch {
      turn += 1;
      list.replaceChildren();
      whole.textContent = "This file is no text in UTF-8: save it as UTF-8 and open it again.";
    }
  });
}

const room = document.querySelector<HTMLElement>(".own-copy");
if (room) {
  room.hidden = false;
  // Browsers compute digests on https and on this machine only.
  if (globalThis.crypto?.subtle) begin(room);
  else {
    room.querySelector<HTMLElement>(".ways")?.remove();
    room.querySelector<HTMLElement>(".why-not")?.removeAttribute("hidden");
  }
}
