// Brings messages to the collection API: in batches, again after a failure under the same ids, by beacon on leave.
import { keep, kept, QUEUE } from "./device";
import { BODY_CHARACTERS, GATHER_MS, LONGEST_WAIT_S } from "./limits";
import { api, writeKey } from "./options";
import { isAllowed } from "./person";

let queue: string[] = [];
/** The first so many are on their way. */
let inFlight = 0;
let failures = 0;
let timer = 0;

export function enqueue(message: string): void {
  if (message.length < BODY_CHARACTERS) queue.push(message);
  timer ||= setTimeout(flush, GATHER_MS);
}

/** Forget what has not been sent. */
export function clear(): void {
  queue = [];
  inFlight = 0;
}

/** Take up what earlier pages could not send. The collection API knows a message by its id, should it come twice. */
export function adopt(): void {
  kept(QUEUE)?.forEach(enqueue);
  keep(QUEUE);
}

export async function flush(): Promise<void> {
  timer = 0;
  if (inFlight || !queue.length) return;
  const batch = next();
  inFlight = batch.length;
  let waitSeconds = 2 ** failures++;
  try {
    const { headers, status } = await fetch(`${api}batch`, { method: "POST", body: body(batch), keepalive: true });
    if (status > 499 || status == 429 || status == 408) waitSeconds = +headers.get("Retry-After")! || waitSeconds;
    else {
      // Taken, or refused for good: the browser's console says why.
      queue.splice(0, inFlight);
      failures = waitSeconds = 0;
    }
  } catch {}
  inFlight = 0;
  if (queue.length) timer ||= setTimeout(flush, Math.min(waitSeconds, LONGEST_WAIT_S) * 1000);
}

/** The page is being left: hand everything to the browser, and keep what it does not take for the next page. */
export function leave(): void {
  while (queue.length > inFlight && navigator.onLine) {
    const batch = next();
    if (!navigator.sendBeacon(`${api}batch`, body(batch))) break;
    queue.splice(inFlight, batch.length);
  }
  // Beside what other open pages have left.
  if (isAllowed() && queue.length) keep(QUEUE, [...new Set([...(kept(QUEUE) ?? []), ...queue])]);
}

/** As many messages as one body may hold, of those that are not on their way. */
function next(): string[] {
  let to = inFlight;
  let size = 0;
  while (to < queue.length && (size += queue[to].length) < BODY_CHARACTERS) to++;
  return queue.slice(inFlight, to);
}

const body = (batch: string[]): string =>
  `{"batch":[${batch}],"sentAt":"${new Date().toISOString()}","writeKey":"${writeKey}"}`;

addEventListener("online", flush);
