/** The mandate ledger: a slider for the day; the page of another day comes from the server. */

const DAY = 86_400_000;
const PAUSE = 250;
const EDGE = 42; // nearer to an end of the line than this, a day is named inwards

/** Read the day that lies so many days after another. */
const after = (first: string, days: number): Date => new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY);
const written = (day: Date): string => day.toISOString().slice(0, 10);

function worded(day: Date, year: boolean): string {
  const parts = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  return day.toLocaleDateString("en-GB", year ? { ...parts, year: "numeric" } : parts);
}

/** Put the panel and the rows of another day in the place of those that are shown; tell the day. */
async function show(address: string): Promise<string> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const selector of ["#as-of > .certain", "#as-of > .possible", "#as-of [role=status]", ".foot"]) {
    const [old, other] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && other) old.replaceWith(document.adoptNode(other));
  }
  const tables = page.querySelectorAll("table.ledger");
  document.querySelectorAll("table.ledger").forEach((table, place) => {
    const other = tables[place];
    if (other) table.replaceWith(document.adoptNode(other));
  });
  return page.querySelector<HTMLInputElement>("#day")?.value ?? "";
}

function begin(form: HTMLFormElement, field: HTMLInputElement, slide: HTMLInputElement): void {
  const first = slide.dataset["first"] ?? "";
  const width = Number(slide.dataset["width"]);
  const days = Number(slide.max);
  let waiting = 0;
  const chosen = (): Date => after(first, Number(slide.value));
  /** Say the day of the field: one that lies outside the line is at its end. */
  const said = (): void => slide.setAttribute("aria-valuetext", worded(field.valueAsDate ?? chosen(), true));
  /** Move the rule of the day and its name along, before the server has answered. */
  const move = (): void => {
    const x = (Number(slide.value) / days) * width;
    for (const line of document.querySelectorAll("line.chosen")) {
      line.setAttribute("x1", String(x));
      line.setAttribute("x2", String(x));
    }
    for (const name of document.querySelectorAll("text.chosen-day")) {
      name.setAttribute("x", String(x));
      name.setAttribute("text-anchor", x < EDGE ? "start" : x > width - EDGE ? "end" : "middle");
      name.textContent = worded(chosen(), !slide.dataset["year"]);
    }
  };
  slide.closest<HTMLElement>(".slide")?.removeAttribute("hidden");
  said();
  slide.addEventListener("input", () => {
    field.value = written(chosen());
    said();
    move();
  });
  slide.addEventListener("change", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const address = `${form.action}?as_of=${field.value}`;
      const done = (): void => history.pushState(null, "", address);
      show(address).then(done, () => form.requestSubmit());
    }, PAUSE);
  });
  window.addEventListener("popstate", () => {
    window.clearTimeout(waiting);
    const restore = (day: string): void => {
      field.value = day;
      slide.value = String((Date.parse(day) - Date.parse(first)) / DAY);
      said();
    };
    show(location.href).then(restore, () => location.reload());
  });
}

const form = document.querySelector<HTMLFormElement>("#as-of form");
const field = form?.querySelector<HTMLInputElement>("input[type=date]");
const slide = form?.querySelector<HTMLInputElement>("input[type=range]");
if (form && field && slide) begin(form, field, slide);
