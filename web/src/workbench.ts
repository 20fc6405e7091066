/** The workbench: the form works as it is; the editor comes when the page is there. */
import "./styles/workbench.css";

const form = document.querySelector<HTMLFormElement>("form.workbench");
if (form) {
  void import("./workbench/bench").then(({ start }) => start(form));
}
