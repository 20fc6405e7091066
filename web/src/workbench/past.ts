/** Queries that were run in this browser: one key for each, so that no tab overwrites another's. */

export interface Past {
  readonly key: string;
  readonly query: string;
  readonly at: number;
  readonly rows: number | null;
}

const PREFIX = "hostagegraph.ran.";
const MOST = 100;

/** All that is kept, the newest first. */
export function past(): Past[] {
  const found: Past[] = [];
  for (let i = 0; i < localStorage.length; i += 1) {
    const key = localStorage.key(i);
    if (!key?.startsWith(PREFIX)) continue;
    const read = parsed(key, localStorage.getItem(key));
    if (read) found.push(read);
  }
  return found.sort((one, other) => other.at - one.at || other.key.localeCompare(one.key));
}

function parsed(key: string, text: string | null): Past | undefined {
  try {
    const { query, at, rows } = JSON.parse(text ?? "") as Partial<Past>;
    if (typeof query !== "string" || typeof at !== "number") return undefined;
    return { key, query, at, rows: typeof rows === "number" ? rows : null };
  } catch {
    return undefined; // written by something else: not ours to touch
  }
}

/** Keep a query that was run; the same text is kept once, the oldest beyond a hundred go. */
export function remember(query: string, rows: number | null): void {
  const at = Date.now();
  const known = past();
  try {
    const key = `${PREFIX}${at}.${Math.random().toString(36).slice(2, 10)}`;
    localStorage.setItem(key, JSON.stringify({ query, at, rows }));
  } catch {
    return; // no room, or none allowed: the query ran all the same
  }
  for (const each of known) if (each.query === query) forget(each.key);
  for (const each of past().slice(MOST)) forget(each.key);
}

export function forget(key: string): void {
  localStorage.removeItem(key);
}

/** Call when another tab kept or forgot something. */
export function watch(changed: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(PREFIX)) changed();
  });
}
