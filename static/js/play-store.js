// What the browser keeps of an attempt: answers the server has not acknowledged, and flags.
//
// One key an answer, so that two tabs never write over each other. Positions and numbers only: no
// name, no question. Everything goes when it is acknowledged, when the attempt ends, and at sign-out
// (base.js).

const PREFIX = "motcua:attempt:";

function usable() {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
    return true;
  } catch {
    return false;
  }
}

function keys() {
  return usable() ? Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)) : [];
}

export class AttemptStore {
  constructor(attempt) {
    this.prefix = `${PREFIX}${attempt}:`;
    this.isUsable = usable();
  }

  // [{slot, choice, sequence}], the oldest first.
  answers() {
    const found = [];
    for (const key of keys()) {
      const slot = Number(key.slice(this.prefix.length));
      if (!key.startsWith(this.prefix) || !Number.isInteger(slot)) continue;
      const answer = this.read(key);
      if (Array.isArray(answer?.choice) && Number.isInteger(answer.sequence)) found.push({ slot, ...answer });
    }
    return found.sort((one, other) => one.sequence - other.sequence);
  }

  keep(slot, choice, sequence) {
    this.write(`${this.prefix}${slot}`, { choice, sequence });
  }

  // Only the very answer that was acknowledged: another tab may have kept a newer one meanwhile.
  drop(slot, sequence) {
    const key = `${this.prefix}${slot}`;
    if (this.read(key)?.sequence <= sequence) localStorage.removeItem(key);
  }

  note(name, value) {
    this.write(`${this.prefix}${name}`, value);
  }

  noted(name) {
    return this.read(`${this.prefix}${name}`);
  }

  clear() {
    for (const key of keys()) if (key.startsWith(this.prefix)) localStorage.removeItem(key);
  }

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // full or switched off: the page still holds it, and says so
    }
  }
}

// Forget every attempt but these: ended ones, and those of whoever used this PC before.
export function forgetOthers(attempts) {
  for (const key of keys()) {
    if (!attempts.includes(key.slice(PREFIX.length).split(":")[0])) localStorage.removeItem(key);
  }
}
