/** On paper a page names its whole address and the day on which it was printed. */
const address = document.querySelector<HTMLElement>("[data-paper]");
const printed = document.querySelector<HTMLElement>("[data-printed]");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

function fill(): void {
  if (address) {
    const service = address.dataset["paper"] || location.origin;
    address.textContent = service + location.pathname + location.search;
  }
  if (printed) printed.textContent = `printed ${day.format(new Date())}`;
}

fill();
addEventListener("beforeprint", fill);
