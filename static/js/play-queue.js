// Answers on their way to the server, in order, until each is acknowledged.
//
// One request at a time; what is chosen meanwhile goes in the next. A request that fails is sent
// again, later and later, at once when the network returns or the page is looked at. Sending twice
// is harmless: the server orders choices by `sequence` (docs/decisions/0004-sequence.md).

const LONGEST_WAIT_MS = 8000;
const TIMEOUT_MS = 10_000;
const MOST_AT_ONCE = 100;

export class AnswerQueue {
  // listener: {saved, replaced, refused, over, deadline, changed}, all optional.
  constructor({ url, token, clock, store, listener }) {
    Object.assign(this, { url, token, clock, store, listener });
    this.waiting = new Map(); // slot → {choice, sequence, clicked}
    this.sequence = 0;
    this.failures = 0;
    this.isSending = false;
    this.isStopped = false;
    this.lastTime = "";
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    window.addEventListener("pagehide", () => this.sendLast());
  }

  get isOffline() {
    return this.failures > 0;
  }

  // Answers kept from before a reload. stored: slot → sequence that the server holds.
  restore(stored) {
    for (const { slot, choice, sequence } of this.store.answers()) {
      if (sequence > (stored.get(slot) ?? -1)) this.waiting.set(slot, { choice, sequence, clicked: null });
      else this.store.drop(slot, sequence);
      this.sequence = Math.max(this.sequence, sequence);
    }
    for (const sequence of stored.values()) this.sequence = Math.max(this.sequence, sequence);
    this.send();
  }

  put(slot, choice) {
    this.sequence = Math.max(this.sequence + 1, Math.floor(this.clock.now()));
    const answer = { choice, sequence: this.sequence, clicked: performance.now() };
    this.waiting.set(slot, answer);
    this.store.keep(slot, choice, answer.sequence);
    this.send();
    return answer;
  }

  // Resolves when nothing waits any more, or after `patience` ms; true when all is saved.
  async settled(patience) {
    const limit = performance.now() + patience;
    let next = 0;
    while (this.waiting.size && !this.isStopped && performance.now() < limit) {
      if (performance.now() >= next) {
        this.send();
        next = performance.now() + 1000;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.waiting.size === 0;
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  body(batch) {
    const answers = batch.map(([slot, { choice, sequence }]) => ({ slot, choice, sequence }));
    return JSON.stringify({ token: this.token, answers });
  }

  batch() {
    const inOrder = [...this.waiting].sort(([, one], [, other]) => one.sequence - other.sequence);
    return inOrder.slice(0, this.oneByOne ? 1 : MOST_AT_ONCE);
  }

  async send() {
    if (this.isSending || this.isStopped || !this.waiting.size) return;
    clearTimeout(this.timer);
    this.isSending = true;
    this.listener.changed?.();
    const batch = this.batch();
    const sent = performance.now();
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: this.body(batch),
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const reply = await response.json();
      this.clock.learn(reply.now, sent, performance.now());
      this.failures = 0;
      this.take(response.status, reply, new Map(batch));
    } catch {
      this.failures += 1; // no network, no JSON, no time: the answers stay
    }
    this.isSending = false;
    this.listener.changed?.();
    if (!this.waiting.size || this.isStopped) return;
    if (!this.failures) this.send();
    else this.timer = setTimeout(() => this.send(), this.pause());
  }

  pause() {
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.failures);
    return wait * (0.75 + Math.random() / 2); // a thousand browsers do not come back in one beat
  }

  take(status, reply, batch) {
    if (status === 200 || status === 409) {
      this.oneByOne = false;
      if (reply.deadline) this.listener.deadline?.(reply.deadline);
      for (const answer of reply.answers) this.acknowledge(answer, batch.get(answer.slot));
    } else if (status === 410) {
      this.stop();
      this.listener.over?.(reply.message, [...this.waiting.keys()]);
    } else if (status === 403) {
      this.stop();
      this.listener.tokenRefused?.();
    } else if (status === 400 || status === 413) {
      // One of them is not an answer to this paper; find it, so that it holds up no other.
      if (batch.size > 1) this.oneByOne = true;
      else this.giveUp([...batch.keys()][0], reply.message);
    } else {
      throw new Error(`HTTP ${status}`);
    }
  }

  acknowledge(answer, sent) {
    const { slot } = answer;
    const current = this.waiting.get(slot);
    const isNewest = current?.sequence === sent?.sequence;
    if (!answer.stored && isNewest && this.isReallyLater(answer, sent)) return;
    if (isNewest) this.waiting.delete(slot);
    this.store.drop(slot, sent.sequence);
    this.sequence = Math.max(this.sequence, answer.sequence);
    if (answer.stored) {
      this.lastTime = answer.time;
      this.listener.saved?.(slot, answer, !isNewest);
    } else if (isNewest) {
      this.listener.replaced?.(slot, answer);
    }
  }

  // "Older than what is stored", said of a click whose moment our clock had wrong (the device slept):
  // now that the clock is right, was it after all later? Then it is sent again with the right number.
  isReallyLater(answer, sent) {
    if (sent.clicked === null) return false;
    const right = Math.floor(this.clock.offset + sent.clicked);
    if (right <= answer.sequence) return false;
    this.waiting.set(answer.slot, { ...sent, sequence: right, clicked: null });
    this.store.keep(answer.slot, sent.choice, right);
    return true;
  }

  giveUp(slot, message) {
    const { sequence } = this.waiting.get(slot);
    this.waiting.delete(slot);
    this.store.drop(slot, sequence);
    this.listener.refused?.(slot, message);
  }

  // The page goes away: one more try that outlives it. What is kept in the browser stays kept.
  sendLast() {
    if (this.isStopped || !this.waiting.size) return;
    navigator.sendBeacon?.(this.url, new Blob([this.body(this.batch())], { type: "application/json" }));
  }
}
