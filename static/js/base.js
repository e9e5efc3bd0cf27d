// Small behaviours of the components. Every one has a plain fallback in the markup.

// <details class="menu">: close on Escape and when the focus or a click goes elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const target = event.target.closest("[data-dialog], [data-dialog-close], [data-dismiss], [data-reveal], [data-print]");
  if (!target) return;
  if (target.dataset.dialog) {
    const dialog = document.getElementById(target.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
  } else if ("dialogClose" in target.dataset) {
    event.preventDefault();
    target.closest("dialog")?.close();
  } else if ("dismiss" in target.dataset) {
    target.closest(".notice")?.remove();
  } else if ("print" in target.dataset) {
    window.print();
  } else if (target.dataset.reveal) {
    const field = document.getElementById(target.dataset.reveal);
    if (!field) return;
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    target.setAttribute("aria-pressed", String(shown));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// Without JavaScript a select of languages or of filters is sent by its button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// On a shared PC nothing of an attempt stays after sign-out (play-store.js). What has not reached the
// server would be lost, so the reader is asked.
document.addEventListener("submit", (event) => {
  if (!/\/logout\/$/.test(event.target.action)) return;
  let kept = [];
  try {
    kept = Object.keys(localStorage).filter((key) => key.startsWith("motcua:attempt:"));
  } catch {
    return; // storage switched off: nothing was kept
  }
  const question = event.target.dataset.unsaved;
  if (question && kept.some((key) => /:\d+$/.test(key)) && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  for (const key of kept) localStorage.removeItem(key);
});

// A form is sent once: the second press of a slow connection is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-repeatable")) return;
  if (event.submitter?.formTarget === "_blank") return; // the page stays and may ask again
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  queueMicrotask(() => {
    if (!event.defaultPrevented) form.dataset.sent = "1";
  });
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A table wider than its place scrolls by keyboard too.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const wrap of document.querySelectorAll(".table-wrap")) reach.observe(wrap);

// Files dropped on the upload field.
for (const zone of document.querySelectorAll(".file-field")) {
  const over = (is) => zone.classList.toggle("is-over", is);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const input = zone.querySelector('input[type="file"]');
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// After a refused form the reader, and the screen reader, start at the summary of errors.
document.querySelector(".error-summary")?.focus();
