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
  address.after(" ", button);
}
