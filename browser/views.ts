// Page views, also where a single-page application changes the address by itself.
import { react } from "./clicks";
import { measureEngagement, startEngagement } from "./engagement";
import { abandonForms } from "./forms";
import { send } from "./messages";
import { page, refresh, wordsSearched } from "./page";
import { followTrail, restoreTrail } from "./wandering";

/** Frameworks set the title a moment after the address. */
const SETTLE_MS = 100;
let timer = 0;
/** A page is another one when its path or the words searched for are. */
let viewed: string;
const identity = () => page.path + wordsSearched();

export function startViews(): void {
  restoreTrail();
  view();
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = (...given) => {
      original.apply(history, given);
      changed();
    };
  }
  // Also when only the fragment changes.
  addEventListener("popstate", changed);
  // Back from the browser's memory, as it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && view());
}

export function viewPage(name?: string, properties?: object): void {
  send("page", { name, properties: { ...page, ...properties } });
}

function view(): void {
  viewed = identity();
  viewPage();
  followTrail();
  startEngagement();
}

function changed(): void {
  react();
  clearTimeout(timer);
  timer = setTimeout(() => {
    // What is told here still belongs to the page before.
    measureEngagement();
    abandonForms();
    refresh();
    if (identity() != viewed) view();
  }, SETTLE_MS);
}
