// What a question of the paper holds, read and shown without knowing its kind.
//
// A fieldset says how it is read (data-reads): "ticks" gives the places that are ticked, [0, 2];
// "fields" one text or null for each element with data-field, ["1", null, "15,5"], which is a
// control or the group of its radio buttons. Nothing chosen is always [].

const TICKS = "input[type=radio], input[type=checkbox]";
const CONTROLS = `${TICKS}, [data-field]`;

const readsFields = (question) => question.querySelector("[data-reads]").dataset.reads === "fields";
const fieldsOf = (question) => [...question.querySelectorAll("[data-field]")];
const isControl = (field) => field.matches("input, select, textarea");

// The ticks of a question that has nothing else; keys 1 to 8 press them.
export function ticksOf(question) {
  return readsFields(question) ? [] : [...question.querySelectorAll(TICKS)];
}

export const isTyped = (target) => target.matches("[data-typed], input[type=text], input[type=search], textarea");

export function choiceOf(question) {
  if (!readsFields(question)) {
    return ticksOf(question).filter((input) => input.checked).map((input) => Number(input.value));
  }
  const values = fieldsOf(question).map(valueOf);
  return values.every((value) => value === null) ? [] : values;
}

function valueOf(field) {
  const value = isControl(field) ? field.value.trim() : field.querySelector(":checked")?.value;
  return value || null;
}

export function setChoice(question, choice) {
  for (const input of ticksOf(question)) input.checked = choice.includes(Number(input.value));
  if (!readsFields(question)) return;
  fieldsOf(question).forEach((field, place) => {
    const value = choice[place] ?? "";
    if (isControl(field)) field.value = value;
    else for (const radio of field.querySelectorAll(TICKS)) radio.checked = radio.value === value;
  });
}

const controlsOf = (question) => [...question.querySelectorAll(CONTROLS)].filter(isControl);
const isOwn = (option) => option.selected === option.defaultSelected;

// Whether the page no longer holds what the server wrote into it.
export function wasChanged(question) {
  return controlsOf(question).some((control) => {
    if (control.matches(TICKS)) return control.checked !== control.defaultChecked;
    if (!control.matches("select")) return control.value !== control.defaultValue;
    const options = [...control.options];
    return options.some((option) => option.defaultSelected) ? !options.every(isOwn) : control.selectedIndex > 0;
  });
}

export function reset(question) {
  for (const control of controlsOf(question)) {
    if (control.matches(TICKS)) control.checked = control.defaultChecked;
    else if (!control.matches("select")) control.value = control.defaultValue;
    else control.selectedIndex = Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  }
}

// What a begun answer still lacks, in the words that the page brings along.
export function showGap(question) {
  const line = question.querySelector("[data-gap]");
  const text = gapOf(question);
  line.hidden = !text;
  if (line.textContent !== text) line.textContent = text;
}

function gapOf(question) {
  const counter = question.querySelector("[data-words]");
  if (counter) return countWords(question, counter);
  const pieces = question.querySelector("[data-missing]");
  const values = fieldsOf(question).map(valueOf);
  const chosen = values.filter((value) => value !== null);
  if (!pieces || !chosen.length) return "";
  const twice = [...new Set(chosen.filter((value, place) => chosen.indexOf(value) !== place))].map(Number);
  if (pieces.dataset.twice && twice.length) {
    const places = twice.sort((one, other) => one - other).map((place) => place + 1);
    return pieces.dataset.twice.replace("{list}", places.join(", "));
  }
  const missing = values.length - chosen.length;
  return missing ? pieces.dataset.missing.replace("{n}", missing) : "";
}

function countWords(question, counter) {
  const text = fieldsOf(question)[0].value.trim();
  const count = text ? text.split(/\s+/).length : 0;
  const limit = Number(counter.dataset.limit ?? Infinity);
  counter.textContent = counter.dataset.words.replace("{n}", count);
  return count > limit ? counter.dataset.tooMany.replace("{n}", count).replace("{limit}", limit) : "";
}
