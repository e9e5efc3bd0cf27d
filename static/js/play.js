// The page of questions: every choice is saved at once; flags, palette, one by one, keys.
// What a question holds, whatever its kind, is read and shown by play-fields.js.

import { AttemptPage, say, words } from "./play-attempt.js";
import { choiceOf, isTyped, reset, setChoice, showGap, ticksOf, wasChanged } from "./play-fields.js";

const paper = document.querySelector("[data-paper]");
const questions = [...document.querySelectorAll("[data-question]")];
const cells = new Map([...document.querySelectorAll("[data-cell]")].map((cell) => [Number(cell.dataset.cell), cell]));
const slotOf = (question) => Number(question.dataset.slot);

const page = new AttemptPage({
  saved(slot, { time, sequence }, isNewerWaiting) {
    const question = questions[slot];
    question.dataset.sequence = sequence;
    if (!isNewerWaiting) mark(question, "saved", say("saved", { time }));
    tabs?.postMessage({ slot, sequence, time, choice: choiceOf(question) });
  },
  replaced(slot, answer) {
    adopt(slot, answer);
    page.announce(say("replaced", { n: slot + 1, time: answer.time }));
  },
  refused(slot, message) {
    mark(questions[slot], "failed", `${words.refused}. ${message}`);
  },
  changed() {
    for (const question of questions) {
      const waits = page.queue.waiting.has(slotOf(question));
      if (waits && page.queue.isOffline) mark(question, "pending", words.pending);
    }
    showPalette();
  },
  // Another tab or device may have gone on with the paper.
  state(reply) {
    for (const answer of reply.answers) if (isNews(answer)) adopt(answer.slot, answer);
  },
  locked() {
    saveTyped();
    for (const fieldset of paper.querySelectorAll("fieldset")) fieldset.disabled = true;
    for (const button of paper.querySelectorAll("[data-clear], [data-hand-in]")) button.hidden = true;
  },
});
const { queue, store } = page;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel(`attempt-${page.data.attempt}`) : null;
tabs?.addEventListener("message", ({ data }) => isNews(data) && adopt(data.slot, data));

// saving ----------------------------------------------------------------------

function choose(question) {
  forgetTyping(question);
  const slot = slotOf(question);
  const choice = choiceOf(question);
  mark(question, "saving", words.saving);
  queue.put(slot, choice);
  question.querySelector("[data-clear]").hidden = !choice.length;
  showGap(question);
  showPalette();
}

// Typed text is saved after a pause, and now and then while someone writes without one.
const PAUSE_MS = 800;
const LONGEST_TYPING_MS = 5000;
const typing = new Map(); // question → {since, timer}

function type(question) {
  const since = typing.get(question)?.since ?? performance.now();
  clearTimeout(typing.get(question)?.timer);
  const wait = Math.max(0, Math.min(PAUSE_MS, since + LONGEST_TYPING_MS - performance.now()));
  typing.set(question, { since, timer: setTimeout(() => choose(question), wait) });
  if (question.dataset.save !== "typing") mark(question, "typing", words.typing);
  showGap(question);
}

function forgetTyping(question) {
  clearTimeout(typing.get(question)?.timer);
  typing.delete(question);
}

function saveTyped() {
  for (const question of [...typing.keys()]) choose(question);
}

// Whether the server holds a later choice than what this page shows.
function isNews({ slot, sequence }) {
  if (typing.has(questions[slot])) return false; // it will be saved later, and wins
  const known = Math.max(Number(questions[slot].dataset.sequence ?? -1), queue.waiting.get(slot)?.sequence ?? -1);
  return sequence > known;
}

function adopt(slot, { choice, sequence, time }) {
  const question = questions[slot];
  queue.waiting.delete(slot);
  queue.sequence = Math.max(queue.sequence, sequence);
  question.dataset.sequence = sequence;
  show(question, choice);
  mark(question, "saved", say("saved", { time }));
  showPalette();
}

function show(question, choice) {
  setChoice(question, choice);
  showGap(question);
  question.querySelector("[data-clear]").hidden = !choice.length;
}

function mark(question, state, text) {
  question.dataset.save = state;
  const line = question.querySelector(".save-state");
  line.dataset.state = state;
  line.querySelector("[data-save-text]").textContent = text;
}

// palette and flags -----------------------------------------------------------

const flags = new Set(store.noted("flags") ?? []);

function toggleFlag(question) {
  const slot = slotOf(question);
  if (!flags.delete(slot)) flags.add(slot);
  store.note("flags", [...flags]);
  showPalette();
}

function showPalette() {
  let done = 0;
  for (const question of questions) {
    const slot = slotOf(question);
    const isAnswered = choiceOf(question).length > 0;
    const states = { answered: isAnswered, unsaved: queue.waiting.has(slot), flagged: flags.has(slot) };
    done += Number(isAnswered);
    const cell = cells.get(slot);
    for (const [name, is] of Object.entries(states)) cell.toggleAttribute(`data-${name}`, is);
    if (question === current) cell.setAttribute("aria-current", "true");
    else cell.removeAttribute("aria-current");
    const spoken = [isAnswered ? words.answered : words.unanswered];
    if (states.unsaved) spoken.push(words.unsaved);
    if (states.flagged) spoken.push(words.flagged);
    cell.querySelector("[data-cell-state]").textContent = `, ${spoken.join(", ")}`;
    question.querySelector("[data-flag]").setAttribute("aria-pressed", String(states.flagged));
  }
  const count = say("answeredCount", { done, total: questions.length });
  for (const target of document.querySelectorAll("[data-answered-count]")) target.textContent = count;
}

// one by one, or the whole list -----------------------------------------------

let current = questions[0];

function goTo(question, { focus = true } = {}) {
  if (!question) return;
  current.removeAttribute("data-current");
  current = question;
  current.dataset.current = "";
  const place = questions.indexOf(current);
  paper.querySelector("[data-previous]").disabled = place === 0;
  paper.querySelector("[data-next]").disabled = place === questions.length - 1;
  if (focus) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    current.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    current.focus({ preventScroll: true });
  }
  showPalette();
}

const step = (by) => goTo(questions[questions.indexOf(current) + by]);

function setMode(mode) {
  paper.dataset.mode = mode;
  paper.querySelector("[data-steps]").hidden = mode !== "one";
  for (const button of document.querySelectorAll("[data-mode-button]")) {
    button.setAttribute("aria-pressed", String(button.dataset.modeButton === mode));
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a preference only
  }
}

// events ------------------------------------------------------------------------

paper.addEventListener("submit", (event) => event.preventDefault());

paper.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  if (question && (!isTyped(event.target) || typing.has(question))) choose(question);
});

paper.addEventListener("input", (event) => {
  if (isTyped(event.target)) type(event.target.closest("[data-question]"));
});

// Before the queue's own last try, which listens at the same place.
window.addEventListener("pagehide", saveTyped, { capture: true });
document.addEventListener("visibilitychange", () => document.hidden && saveTyped(), { capture: true });

paper.addEventListener("focusin", (event) => {
  const question = event.target.closest("[data-question]");
  if (question && question !== current) goTo(question, { focus: false });
});

paper.addEventListener("click", (event) => {
  const question = event.target.closest("[data-question]");
  const { target } = event;
  if (target.closest("[data-flag]")) toggleFlag(question);
  else if (target.closest("[data-clear]")) {
    event.preventDefault();
    show(question, []);
    choose(question);
    question.focus({ preventScroll: true });
  } else if (target.closest("[data-previous]")) step(-1);
  else if (target.closest("[data-next]")) step(1);
});

for (const button of document.querySelectorAll("[data-mode-button]")) {
  button.addEventListener("click", () => {
    setMode(button.dataset.modeButton);
    remember("play-mode", button.dataset.modeButton);
    goTo(current);
  });
}

const drawer = document.querySelector("[data-palette]");
const isNarrow = matchMedia("(max-width: 59.99em)");

document.querySelector(".palette-grid").addEventListener("click", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell) return;
  event.preventDefault();
  if (isNarrow.matches) drawer.open = false;
  goTo(questions[Number(cell.dataset.cell)]);
});

function fitDrawer() {
  drawer.open = !isNarrow.matches;
}
isNarrow.addEventListener("change", fitDrawer);
fitDrawer();

// Handing in waits for what is not yet saved.
document.querySelector("[data-hand-in]").addEventListener("click", async (event) => {
  saveTyped();
  if (!queue.waiting.size) return;
  event.preventDefault();
  if (await queue.settled(3000)) location.assign(event.target.href);
  else page.notice(say("waitToHandIn", { n: queue.waiting.size }));
});

// Single keys, only while the focus is inside the paper or nowhere, never where keys have a meaning
// of their own; they can be switched off (WCAG 2.1.4).
const keysOn = document.querySelector("[data-keys-on]");
keysOn.checked = remembered("play-keys") !== "off";
keysOn.addEventListener("change", () => remember("play-keys", keysOn.checked ? "on" : "off"));

function pressKey(key) {
  const place = /^[1-8]$/.test(key) ? Number(key) - 1 : /^[a-h]$/.test(key) ? key.charCodeAt(0) - 97 : -1;
  if (place >= 0) {
    const input = ticksOf(current)[place];
    if (!input || input.disabled) return false;
    input.checked = input.type === "radio" ? true : !input.checked;
    choose(current);
    return true;
  }
  if (key === "j" || key === "arrowright") step(1);
  else if (key === "k" || key === "arrowleft") step(-1);
  else if (key === "r") toggleFlag(current);
  else if (key === "?") document.getElementById("keys").showModal();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!keysOn.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || page.isOver) return;
  if (document.querySelector("dialog[open]")) return;
  if (target !== document.body && !paper.contains(target) && target.id !== "main") return;
  if (isTyped(target) || target.matches("select")) return;
  if (target.matches("input") && key.startsWith("Arrow")) return;
  if (pressKey(key.toLowerCase())) event.preventDefault();
});

// begin -------------------------------------------------------------------------

// On a slow network people choose before this module has come: what differs from the page as the
// server made it is such a choice. After "back", it may be the browser's own memory: the server decides.
const [navigation] = performance.getEntriesByType("navigation");
const early = [];
const stored = new Map();
for (const question of questions) {
  if (wasChanged(question)) {
    if (navigation?.type === "back_forward") reset(question);
    else early.push(question);
  }
  showGap(question);
  if (question.dataset.sequence) stored.set(slotOf(question), Number(question.dataset.sequence));
}
queue.restore(stored);
for (const question of early) choose(question);
for (const [slot, answer] of queue.waiting) {
  show(questions[slot], answer.choice);
  mark(questions[slot], "pending", words.pending);
}
setMode(remembered("play-mode") === "one" ? "one" : "list");
goTo(questions.find((question) => `#${question.id}` === location.hash) ?? questions[0], { focus: false });
if (location.hash) current.scrollIntoView();
