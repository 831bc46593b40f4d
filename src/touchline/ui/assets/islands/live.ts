// Parts of a page marked `data-live` (with an id) show what is collected while it is collected: when the server says that
// events were stored, they are fetched anew and changed in place, so that focus and scroll position stay.
// A part with its own `hx-get` and `hx-trigger="live"` is told by that event; any other comes from the page's own address.
import htmx from "htmx.org";

const SHORTEST_PAUSE_MS = 2000;
const PAUSE_TO_EFFORT = 4; // a server that takes a second to answer is asked every fifth second at most

let stale = false;
let resting = false;

function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-live]")];
}

// What somebody is typing or choosing must not change under their hands.
function isInUse(part: HTMLElement): boolean {
  const focused = document.activeElement;
  return !!focused && part.contains(focused) && focused.matches("input, textarea, select");
}

async function refresh(): Promise<void> {
  if (!stale || resting || document.hidden) return;
  stale = false;
  resting = true;
  const began = performance.now();
  for (const part of parts()) {
    if (isInUse(part)) stale = true;
    else if (part.hasAttribute("hx-get")) htmx.trigger(part, "live");
    else await fetchAnew(part);
  }
  setTimeout(() => {
    resting = false;
    void refresh();
  }, Math.max(SHORTEST_PAUSE_MS, PAUSE_TO_EFFORT * (performance.now() - began)));
}

async function fetchAnew(part: HTMLElement): Promise<void> {
  const asWholePage = { "HX-Request": "false" };
  await htmx.ajax("GET", location.href, {
    source: part,
    target: part,
    select: `#${part.id}`,
    swap: "outerMorph",
    headers: asWholePage,
  });
}

if (parts().length) {
  const stream = new EventSource(`/live?seen=${document.body.dataset.seen}`);
  stream.addEventListener("events", () => {
    stale = true;
    void refresh();
  });
  document.addEventListener("visibilitychange", () => void refresh());
  addEventListener("pagehide", () => stream.close());
}
