/** What stands under a drawing once a mark of it is chosen: who says so, as the list has it. */

/** Say what an item of the list says; nothing where there is none. */
export function say(panel: HTMLElement, item: Element | null | undefined): void {
  panel.replaceChildren();
  panel.hidden = !item;
  if (!item) return;
  for (const part of item.children) {
    if (!part.textContent?.trim()) continue;
    const copy = part.cloneNode(true) as HTMLElement;
    // The list is where the keyboard meets these links; the panel is to be read.
    for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
    panel.append(copy);
  }
}

/** Make one stop for the Tab key of many links; tell what is chosen by key or pointer. */
export function rove(links: readonly SVGAElement[], chosen: (link: SVGAElement) => void): (link?: SVGAElement) => void {
  links.forEach((link, place) => {
    link.setAttribute("tabindex", place === 0 ? "0" : "-1");
    link.addEventListener("focus", () => chosen(link));
    link.addEventListener("pointerenter", () => chosen(link));
  });
  return (link) => {
    if (!link) return;
    for (const each of links) each.setAttribute("tabindex", each === link ? "0" : "-1");
    link.focus();
    link.scrollIntoView({ block: "nearest" }); // the panel may have come up over it
  };
}
