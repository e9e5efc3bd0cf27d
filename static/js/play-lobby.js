// Lobby, my rounds and result: the server's clock, the door that opens by itself, and forgetting
// what this browser kept of attempts that are over.

import { ServerClock, clockText } from "./play-clock.js";
import { forgetOthers } from "./play-store.js";

const root = document.querySelector("[data-lobby]");
const words = JSON.parse(document.getElementById("play-words").textContent);
const clock = new ServerClock(Number(root.dataset.now));
const shown = document.querySelector("[data-server-clock]");
const waiting = document.querySelector("[data-until]");
const time = new Intl.DateTimeFormat("vi-VN", { timeStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" });

function tick() {
  const now = clock.now();
  if (shown) {
    const text = time.format(now);
    if (shown.textContent !== text) shown.textContent = text;
  }
  if (!waiting || waiting.hidden) return;
  const left = Number(waiting.dataset.until) * 1000 - now;
  const hours = Math.floor(left / 3_600_000);
  waiting.querySelector("[data-countdown]").textContent =
    hours < 24 ? clockText(left + 999) : words.daysLeft.replace("{n}", Math.floor(hours / 24));
  if (left > 0) return;
  waiting.hidden = true;
  document.querySelector("[data-opens]").hidden = false;
  document.querySelector("[data-opens] button").focus();
}

tick();
setInterval(tick, 250);

// Away for long, or asleep: the page may no longer be true, and has nothing to lose.
let left = performance.now();
document.addEventListener("visibilitychange", () => {
  if (document.hidden) left = performance.now();
  else if (performance.now() - left > 60_000 || clock.slept()) location.reload();
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

forgetOthers(root.dataset.openAttempts.split(" "));
