// The server's time, kept by a clock that nobody can set.
//
// performance.now() runs evenly whatever happens to the device's own clock, but on some systems it
// stands still while the device sleeps: `slept()` tells, and the page then asks the server.

export class ServerClock {
  // now: the server's time in ms when it made the page, which arrived at the navigation's first byte.
  constructor(now) {
    const [navigation] = performance.getEntriesByType("navigation");
    this.offset = now - (navigation?.responseStart || performance.now());
    this.error = 1000;
    this.learned = performance.now();
    this.wall = Date.now() - performance.now();
  }

  now() {
    return this.offset + performance.now();
  }

  // A reply said `now`; it was asked for and arrived at these moments of performance.now().
  // A quicker reply is better evidence; what we know gets a millisecond vaguer each second.
  learn(now, sent, received) {
    const error = (received - sent) / 2;
    const offset = now - (sent + received) / 2;
    const known = this.error + (received - this.learned) / 1000;
    if (error > known && Math.abs(offset - this.offset) <= error + known) return;
    this.offset = offset;
    this.error = error;
    this.learned = received;
  }

  // Whether the device's clock and ours have come apart by more than two seconds since last asked.
  slept() {
    const wall = Date.now() - performance.now();
    if (Math.abs(wall - this.wall) < 2000) return false;
    this.wall = wall;
    return true;
  }
}

export function clockText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${text}` : text;
}
