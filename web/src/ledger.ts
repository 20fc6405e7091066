/** The mandate ledger: a slider for the day; the page of another day comes from the server. */

const DAY = 86_400_000;
const PAUSE = 250;

/** Write the day that lies so many days after another. */
function after(first: string, days: number): string {
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Put the panel and the rows of another day in the place of those that are shown. */
async function show(address: string): Promise<boolean> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const section of document.querySelectorAll("#as-of > section")) {
    const id = section.getAttribute("aria-labelledby");
    const other = page.querySelector(`#as-of > section[aria-labelledby="${id}"]`);
    if (other) section.replaceWith(document.adoptNode(other));
  }
  for (const selector of ["#as-of [role=status]", ".foot"]) {
    const [old, other] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && other) old.replaceWith(document.adoptNode(other));
  }
  const tables = page.querySelectorAll("table.ledger");
  document.querySelectorAll("table.ledger").forEach((table, place) => {
    const other = tables[place];
    if (other) table.replaceWith(document.adoptNode(other));
  });
  return true;
}

function begin(form: HTMLFormElement, field: HTMLInputElement, slide: HTMLInputElement): void {
  const first = slide.dataset["first"] ?? "";
  const width = Number(slide.dataset["width"]);
  const days = Number(slide.max);
  const said = (): void => slide.setAttribute("aria-valuetext", field.value);
  let waiting = 0;
  slide.closest<HTMLElement>(".slide")?.removeAttribute("hidden");
  said();
  slide.addEventListener("input", () => {
    field.value = after(first, Number(slide.value));
    said();
    const x = String((Number(slide.value) / days) * width);
    for (const line of document.querySelectorAll("line.chosen")) {
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
    }
  });
  slide.addEventListener("change", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const address = `${form.action}?as_of=${field.value}`;
      const done = (shown: boolean): void => {
        if (shown) history.pushState(null, "", address);
        else form.requestSubmit();
      };
      show(address).then(done, () => form.requestSubmit());
    }, PAUSE);
  });
  window.addEventListener("popstate", () => location.reload());
}

const form = document.querySelector<HTMLFormElement>("#as-of form");
const field = form?.querySelector<HTMLInputElement>("input[type=date]");
const slide = form?.querySelector<HTMLInputElement>("input[type=range]");
if (form && field && slide) begin(form, field, slide);
