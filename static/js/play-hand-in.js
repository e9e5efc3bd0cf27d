// Handing in: brings what is not yet saved, shows what was flagged, keeps the prediction.

import { AttemptPage, say } from "./play-attempt.js";

const form = document.querySelector("[data-hand-in-form]");
const page = new AttemptPage({
  locked() {
    for (const control of form.elements) control.disabled = control.type !== "hidden" && control.name !== "prediction";
  },
});
page.queue.restore(new Map());

const prediction = document.querySelector("[data-prediction]");
if (prediction) {
  prediction.value ||= page.store.noted("prediction") ?? "";
  prediction.addEventListener("input", () => page.store.note("prediction", prediction.value));
}

const flags = page.store.noted("flags") ?? [];
if (flags.length) {
  const list = document.querySelector("[data-flagged-list]");
  document.querySelector("[data-flagged-row]").hidden = false;
  for (const slot of flags.sort((one, other) => one - other)) {
    const link = document.createElement("a");
    link.href = `${document.querySelector("[data-back]").href}#q-${slot + 1}`;
    link.textContent = slot + 1;
    if (list.childNodes.length) list.append(", ");
    list.append(link);
  }
}

form.addEventListener("submit", async (event) => {
  if (!page.queue.waiting.size) {
    page.isOver = true; // no warning: everything is saved, and the form itself is on its way
    return;
  }
  event.preventDefault();
  if (await page.queue.settled(3000)) form.requestSubmit();
  else page.notice(say("waitToHandIn", { n: page.queue.waiting.size }));
});
