/** The page of a question: rows that were opened stay open over reloads and the back button. */
import "./styles/questions.css";

interface Kept {
  open?: readonly number[];
}

const openings = [...document.querySelectorAll<HTMLDetailsElement>(".reading details")];

function keep(): void {
  const open = openings.flatMap((each, place) => (each.open ? [place] : []));
  history.replaceState({ ...(history.state as Kept | null), open }, "");
}

for (const place of (history.state as Kept | null)?.open ?? []) {
  const each = openings[place];
  if (each) each.open = true;
}
for (const each of openings) each.addEventListener("toggle", keep);

/** A link to code that is folded away opens it. */
function unfold(): void {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", unfold);
unfold();

const address = document.querySelector<HTMLElement>("[data-copy]");

/** Without a public address, the service knows where it listens, not the name by which the reader came. */
const served = address?.dataset["served"];
if (served && served !== location.origin) {
  for (const code of document.querySelectorAll("code:not([data-copy]), [data-copy] > span, .code pre")) {
    if (code.textContent?.includes(served)) code.textContent = code.textContent.replaceAll(served, location.origin);
  }
}

if (address && isSecureContext) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.ariaLabel = "Copy the address";
  button.dataset["word"] = "Copy"; // written by the style: the text of the page stays the same
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(address.textContent ?? "").then(() => {
      button.dataset["word"] = "Copied";
    });
  });
  address.after(button);
}
