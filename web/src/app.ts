/** Every page: the style, and the switch between light and dark. */
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/voices.css";
import "./styles/lists.css";
import "./styles/drawings.css";
import "./styles/forms.css";
import "./styles/ledger.css";
import "./styles/disputes.css";
import "./styles/network.css";
import "./styles/about.css";
import "./styles/copy.css";
import "./styles/print.css";
import "./paper";

type Theme = "light" | "dark";

const root = document.documentElement;
const button = document.querySelector<HTMLButtonElement>("button.theme");
const system = matchMedia("(prefers-color-scheme: dark)");

const shown = (): Theme =>
  (root.dataset["theme"] as Theme | undefined) ?? (system.matches ? "dark" : "light");

const other = (): Theme => (shown() === "dark" ? "light" : "dark");

function label(): void {
  if (button) button.textContent = other() === "dark" ? "Dark" : "Light";
}

if (button) {
  button.hidden = false;
  label();
  system.addEventListener("change", label);
  button.addEventListener("click", () => {
    const chosen = other();
    root.dataset["theme"] = chosen;
    // The server reads the cookie, so that the next page comes in the chosen theme at once.
    document.cookie = `theme=${chosen}; path=/; max-age=31536000; samesite=lax`;
    label();
  });
}
root.dataset["ready"] = "";
