// Clicks on what looks as if it did something, clicks in anger, and clicks that nothing follows.
import * as defined from "./definitions";
import { FIELDS, label, nameOf } from "./masking";
import { type Properties, track } from "./messages";
import { place } from "./page";

const BUTTON = "a,button,summary,[role=button],[type=submit]";
const INTERACTIVE = `${BUTTON},${FIELDS}`;
const COUNTER = "[type=number],[role=spinbutton]";
/** What is rightly clicked fast: fields, what counts up or down, what leafs on. */
const CALM = `${FIELDS},label,[role=grid],[class*=calendar i],[class*=picker i]`;

/** When somebody last clicked anything. */
export let clickedAt = 0;

export function startClicks(): void {
  addEventListener("click", onClick, true);
  addEventListener("invalid", react, true);
  addEventListener("blur", react);
}

function onClick(event: MouseEvent): void {
  if (!event.isTrusted) return;
  clickedAt = Date.now();
  const target = event.target as Element;
  const element = target.closest(INTERACTIVE);
  const clicked = (element ?? target) as HTMLAnchorElement;
  const facts = {
    element: clicked.localName,
    name: nameOf(clicked),
    label: element && label(element),
    href: place(clicked.href),
  };
  if (element) track("Element Clicked", facts);
  if (isRage(event, target, element)) track("Rage Click Detected", { ...facts, definition: defined.RAGE_CLICK });
  const staysHere = !event.ctrlKey && !event.metaKey && !clicked.matches("[target],[download]");
  if (staysHere && clicked.matches(BUTTON)) awaitReaction(facts);
}

// Clicks that follow each other on one spot.
let burst: MouseEvent[] = [];
let isTold = false;

/** However long somebody goes on, it is one signal. */
function isRage(event: MouseEvent, target: Element, element: Element | null): boolean {
  const isWithin = (earlier?: MouseEvent) => event.timeStamp - earlier?.timeStamp! <= defined.RAGE_WITHIN_MS;
  const last = burst.at(-1);
  if (!isWithin(last) || Math.hypot(event.x - last!.x, event.y - last!.y) > defined.RAGE_RADIUS_PX) {
    burst = [];
    isTold = false;
  }
  const isCalm =
    !event.detail || // the keyboard's
    target.closest(CALM) ||
    element?.parentElement!.querySelector(COUNTER) ||
    (!element && `${getSelection()}`) ||
    /^\W$/.test(target.textContent!.trim());
  if (isCalm) return false;
  burst.push(event);
  return isWithin(burst.at(-defined.RAGE_CLICKS)) && !isTold && (isTold = true);
}

// The click that waits for a reaction. Another one meanwhile waits with it.
let awaiting: Properties | undefined;
let awaitedAt = 0;
let timer = 0;
const observer = new MutationObserver(react);

function awaitReaction(facts: Properties): void {
  if (awaiting) return;
  awaiting = facts;
  awaitedAt = Date.now();
  timer = setTimeout(() => settle("Dead Click Detected", defined.DEAD_CLICK), defined.DEAD_AFTER_MS);
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
}

/** Something followed the click. */
export function react(): void {
  if (!awaiting) return;
  if (Date.now() - awaitedAt >= defined.SLOW_AFTER_MS) settle("Slow Click Detected", defined.SLOW_CLICK);
  else settle();
}

function settle(event?: string, definition?: string): void {
  clearTimeout(timer);
  observer.disconnect();
  if (event) track(event, { ...awaiting, definition, waited_ms: Date.now() - awaitedAt });
  awaiting = undefined;
}
