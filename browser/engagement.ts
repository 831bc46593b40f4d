// How long a page was in the foreground and how far down it was read, told when it goes out of sight.
import { ENGAGED_AFTER_MS } from "./definitions";
import { track } from "./messages";

let shownAt = 0;
let shownMs = 0;
let toldMs = 0;
let deepest = 0;

/** Tell what came since the last time. */
export function measureEngagement(): void {
  const now = Date.now();
  if (shownAt) shownMs += now - shownAt;
  shownAt = document.hidden ? 0 : now;
  const seconds = Math.round((shownMs - toldMs) / 1000);
  if (!seconds) return;
  toldMs = shownMs;
  const engaged = shownMs >= ENGAGED_AFTER_MS;
  track("Page Engagement Measured", { seconds, engaged, scroll_percent: deepest });
}

/** Another page begins. */
export function startEngagement(): void {
  shownMs = toldMs = deepest = 0;
  measureEngagement();
  followScrolling();
}

export function followScrolling(): void {
  const read = (100 * (scrollY + innerHeight)) / document.body.scrollHeight;
  deepest = Math.max(deepest, Math.min(100, read | 0));
}
