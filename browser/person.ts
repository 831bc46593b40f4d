// Who it is, and whether that may be known: asked at every event, so that a change of mind takes effect at once.
import { clear } from "./delivery";
import { keep, kept, PERSON, QUEUE, TRAIL } from "./device";
import { newId, track } from "./messages";
import { settings } from "./options";
import { refresh } from "./page";

interface Who {
  anonymousId?: string;
  userId?: string;
}

interface Known {
  choice: Record<string, boolean>;
  who: Who;
}

let choice: Known["choice"] = {};
let who: Who = {};
/** What Google's Consent Mode assumes until the customer has chosen. */
let assumed: boolean | undefined;
/** Calls that name somebody, waiting for consent; they are lost with the page. */
const waiting: (() => void)[] = [];

/** What the browser says for its user outweighs every banner. */
export const isAllowed = (): boolean =>
  !(navigator as any).globalPrivacyControl &&
  !(settings.respectDoNotTrack && navigator.doNotTrack == "1") &&
  (choice.analytics ?? assumed ?? settings.consent == "not_required");

/** The identifiers of every message; none without consent. */
export const identifiers = (): Who => (isAllowed() ? who : {});

export function restore(): void {
  followConsentMode();
  take(kept(PERSON) ?? { choice, who });
  // Another page of the site that is open beside this one may change its mind for both.
  addEventListener("storage", () => isAllowed() && take(kept(PERSON) ?? { choice: { analytics: false }, who: {} }));
}

function take(known: Known): void {
  ({ choice, who } = known);
  settle();
}

/** Keep who it is where that is allowed; else nothing, save a refusal for which nobody would ask again. */
function settle(): void {
  refresh();
  if (isAllowed()) {
    who.anonymousId ||= newId();
    keep(PERSON, { choice, who });
    for (const call of waiting.splice(0)) call();
  } else if (settings.consent) {
    who = {};
    // The person first: other open pages look for it as soon as anything is taken away.
    keep(PERSON, settings.consent == "not_required" && choice.analytics == false && { choice, who });
    keep(TRAIL);
    keep(QUEUE);
  }
}

/** Do what names somebody now, or once it is allowed. */
export function whenAllowed(call: () => void): void {
  waiting.push(call);
  settle();
}

/** Somebody else at the same device gets another anonymous id; so does nobody in particular. */
export function know(userId?: string): void {
  if ((who.userId ?? userId) != userId || !userId) who = {};
  who.userId = userId;
  settle();
}

/** A choice was made. A withdrawal is the last message that names anybody: else nobody could know whose it was. */
export function consent({ wording, version, ...categories }: any, source = "site"): void {
  const wasAllowed = isAllowed();
  const next = { ...choice, ...categories };
  if (JSON.stringify(next) == JSON.stringify(choice)) return;
  const tell = () => track("Consent Updated", { categories: next, source, wording, version });
  if (wasAllowed && next.analytics == false) {
    clear();
    tell();
  }
  choice = next;
  settle();
  if (isAllowed() || (!wasAllowed && source == "site")) tell();
}

/** Google's Consent Mode: its `default` holds until a customer chooses; one for some regions can only refuse. */
function followConsentMode(): void {
  const layer: any[] = ((window as any).dataLayer ||= []);
  const follow = ({ 0: command, 1: kind, 2: told }: any) => {
    if (command != "consent" || !told.analytics_storage) return;
    const analytics = told.analytics_storage == "granted";
    if (kind == "update") consent({ analytics }, "google_consent_mode");
    else assumed = analytics && !told.region && assumed !== false;
  };
  layer.forEach(follow);
  const push = layer.push;
  layer.push = (...entries: any[]) => {
    entries.forEach(follow);
    return push.apply(layer, entries);
  };
}
