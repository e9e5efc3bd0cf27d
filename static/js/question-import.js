// The preview of an import. Everything here works by links and buttons without it.

const cards = document.querySelector("[data-import-cards]");

document.querySelector("[data-tick-all]")?.addEventListener("click", () => {
  const ticks = [...document.querySelectorAll("[data-tick]")];
  const on = ticks.some((tick) => !tick.checked);
  for (const tick of ticks) tick.checked = on;
});

// Keys act only while a question, and none of its fields, has the focus.
cards?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const card = event.target.closest("[data-card]");
  if (!card) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const all = [...cards.querySelectorAll("[data-card]")];
    const next = all[all.indexOf(card) + (key === "j" ? 1 : -1)];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  } else if (key === "x") {
    const tick = card.querySelector("[data-tick]");
    tick.checked = !tick.checked;
  } else if (key === "e") {
    card.querySelector("[data-edit]").click();
  } else {
    return;
  }
  event.preventDefault();
});

// A click into a question chooses it for the keys.
cards?.addEventListener("click", (event) => {
  if (!event.target.closest("a, button, input, label, textarea, select")) {
    event.target.closest("[data-card]")?.focus({ preventScroll: true });
  }
});

// After an edit the reader goes on where the question stands.
document.addEventListener("htmx:afterSettle", (event) => {
  const place = document.getElementById(event.detail.elt?.id ?? "");
  if (!place?.closest("[data-import-cards]")) return;
  const field = place.querySelector("textarea");
  (field ?? place).focus();
});
