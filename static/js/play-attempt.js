// What the page of questions and the page of handing in share: clock, timer, notices, the end.

import { ServerClock, clockText } from "./play-clock.js";
import { AnswerQueue } from "./play-queue.js";
import { AttemptStore } from "./play-store.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const SAY_AT_MINUTES = [5, 1];

export const words = read("play-words");

export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export class AttemptPage {
  // listener: see AnswerQueue, and `state(reply)` for what the server holds, `locked()` at the end.
  constructor(listener) {
    this.data = read("play-data");
    this.listener = listener;
    this.deadline = this.data.deadline;
    this.clock = new ServerClock(this.data.now);
    this.store = new AttemptStore(this.data.attempt);
    this.saveState = document.querySelector("[data-save-state]");
    this.timer = document.querySelector("[data-timer]");
    this.isOver = false;
    this.queue = new AnswerQueue({
      url: this.data.answerUrl,
      token: this.data.token,
      clock: this.clock,
      store: this.store,
      listener: {
        ...listener,
        deadline: (deadline) => this.moveDeadline(deadline),
        over: (message, slots) => this.end(message, slots),
        tokenRefused: () => this.notice(words.tokenRefused, { text: words.reload, href: location.href }),
        changed: () => {
          this.showSaveState();
          listener.changed?.();
        },
      },
    });
    if (!this.store.isUsable) this.notice(words.noStorage);
    this.tick();
    this.ticking = setInterval(() => this.tick(), 250);
    document.addEventListener("visibilitychange", () => document.hidden || this.resync());
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
    window.addEventListener("beforeunload", (event) => {
      if (this.queue.waiting.size && !this.isOver) event.preventDefault();
    });
  }

  // Ask what the server holds; null when it cannot be reached, and then it is asked again.
  async resync() {
    clearTimeout(this.asking);
    const sent = performance.now();
    try {
      const response = await fetch(this.data.stateUrl, {
        headers: { "X-Attempt-Token": this.data.token },
        cache: "no-store",
        signal: AbortSignal.timeout(8000),
      });
      if (!response.ok) return null;
      const reply = await response.json();
      this.clock.learn(reply.now, sent, performance.now());
      if (reply.state === "finished" && !this.isOver) this.end("", [...this.queue.waiting.keys()]);
      else if (!this.isOver) {
        this.moveDeadline(reply.deadline);
        this.listener.state?.(reply);
      }
      return reply;
    } catch {
      if (!this.isOver && !this.isEnding) this.asking = setTimeout(() => this.resync(), 3000);
      return null;
    }
  }

  moveDeadline(deadline) {
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    this.announce(say("moreTime", { time: clockText(deadline - this.clock.now()) }));
    this.tick();
  }

  tick() {
    if (this.isOver) return;
    if (this.clock.slept()) this.resync();
    const left = this.deadline - this.clock.now();
    const text = clockText(left);
    const value = this.timer.querySelector("[data-timer-value]");
    if (value.textContent !== text) value.textContent = text;
    this.timer.dataset.level = left <= 60_000 ? "last" : left <= 300_000 ? "soon" : "normal";
    for (const minutes of SAY_AT_MINUTES) {
      const limit = minutes * 60_000;
      if (this.before > limit && left <= limit) this.announce(say("minutesLeft", { n: minutes }));
    }
    this.before = left;
    if (left <= 0) this.timeIsUp();
  }

  // The server ends the attempt, we only bring what is left and follow. It may have given more time.
  async timeIsUp() {
    if (this.isEnding) return;
    this.isEnding = true;
    const state = await this.resync();
    if (state?.state !== "finished" && this.deadline > this.clock.now()) {
      this.isEnding = false;
      return;
    }
    this.listener.locked?.();
    this.notice(words.timeIsUp);
    await this.queue.settled(4000);
    await this.handInAtTheEnd();
    while (!this.isOver) {
      if ((await this.resync())?.state === "finished") break;
      if (!navigator.onLine || this.queue.isOffline) this.notice(words.timeIsUpOffline);
      await new Promise((resolve) => setTimeout(resolve, 2000 + Math.random() * 1000));
    }
  }

  // With the prediction, if one was typed: within the technical grace it still counts.
  async handInAtTheEnd() {
    const form = new FormData();
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    form.set("token", this.data.token);
    form.set("prediction", document.querySelector("[data-prediction]")?.value || this.store.noted("prediction") || "");
    const signal = AbortSignal.timeout(4000);
    await fetch(this.data.handInUrl, { method: "POST", body: form, redirect: "manual", signal }).catch(() => null);
  }

  // The attempt is finished. Nothing of it stays in this browser.
  end(message, unsavedSlots) {
    this.isOver = true;
    this.queue.stop();
    clearInterval(this.ticking);
    this.listener.locked?.();
    const lost = [...unsavedSlots].sort((one, other) => one - other);
    this.store.clear();
    if (!lost.length) {
      location.replace(this.data.resultUrl);
      return;
    }
    const list = lost.map((slot) => slot + 1).join(", ");
    this.notice(`${message} ${say("lost", { list })}`.trim(), { text: words.toResult, href: this.data.resultUrl });
  }

  showSaveState() {
    const { waiting, isOffline, isSending, lastTime } = this.queue;
    clearTimeout(this.savingSoon);
    if (waiting.size && isOffline) return this.setSaveState("pending", say("pendingAll", { n: waiting.size }));
    if (waiting.size || isSending) {
      // Quick saves need no "saving…": it would only flicker, and be read aloud.
      this.savingSoon = setTimeout(() => this.setSaveState("saving", words.saving), 400);
      return undefined;
    }
    if (lastTime) this.setSaveState("saved", say("saved", { time: lastTime }));
    return undefined;
  }

  setSaveState(state, text) {
    this.saveState.dataset.state = state;
    const target = this.saveState.querySelector("[data-save-text]");
    if (target.textContent !== text) target.textContent = text;
  }

  notice(text, link) {
    const box = document.querySelector("[data-notice]");
    const anchor = box.querySelector("[data-notice-link]");
    box.hidden = false;
    const target = box.querySelector("[data-notice-text]");
    if (target.textContent !== text) target.textContent = text;
    anchor.hidden = !link;
    if (link) {
      anchor.textContent = link.text;
      anchor.href = link.href;
    }
  }

  announce(text) {
    document.querySelector("[data-announce]").textContent = text;
  }
}
