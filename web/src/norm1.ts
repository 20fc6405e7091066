/** norm/1, as the records use it: the text between two offsets has the digest of its passage. */

// Unicode White_Space, spelled out: `\s` also matches U+FEFF, and leaves U+0085 alone.
const SPACES =
  /[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** Normalise a text; its characters are code points, as offsets count them. */
export function norm1(text: string): string[] {
  const normal = text.replace(/^\ufeff/u, "").normalize("NFC").replace(SPACES, " ");
  return Array.from(normal.replace(/^ +| +$/gu, ""));
}

/** Give the SHA-256 of the UTF-8 bytes of characters in lower-case hex digits. */
export async function digestOf(characters: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(characters.join(""));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
