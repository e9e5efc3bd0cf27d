// The ticks of a procedure's papers, kept in this browser only. Without JavaScript the boxes are
// plain checkboxes that can be ticked and printed.
for (const list of document.querySelectorAll("[data-checklist]")) {
  const key = `motcua:checklist:${list.dataset.checklist}`;
  const boxes = [...list.querySelectorAll("[data-checklist-item]")];
  const count = list.querySelector("[data-checklist-count]");
  if (!boxes.length) continue;

  const show = () => {
    const done = boxes.filter((box) => box.checked).length;
    count.textContent = count.dataset.text.replace("{done}", done).replace("{all}", boxes.length);
  };
  const keep = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.checklistItem);
    try {
      if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
      else localStorage.removeItem(key);
    } catch {
      // storage switched off or full: the ticks last as long as the page
    }
    show();
  };

  try {
    const kept = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
    for (const box of boxes) box.checked = box.checked || kept.has(box.dataset.checklistItem);
  } catch {
    // as above
  }
  list.addEventListener("change", keep);
  // The list alone, for the bag; the page's own "print" prints all of it.
  list.querySelector("[data-checklist-print]").addEventListener("click", () => {
    const root = document.documentElement;
    root.classList.add("prints-checklist");
    addEventListener("afterprint", () => root.classList.remove("prints-checklist"), { once: true });
    window.print();
  });
  list.querySelector("[data-checklist-clear]").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
  });
  show();
}
