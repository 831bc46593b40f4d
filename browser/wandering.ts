// Going back and forth between two pages, loading one again and again, searching again with other words.
import * as defined from "./definitions";
import { keep, kept, TRAIL } from "./device";
import { track } from "./messages";
import { page, wordsSearched } from "./page";
import { isAllowed } from "./person";

type Moment = [what: string, at: number];

// The trail: it outlives the page only where something may be kept.
let views: Moment[] = [];
let reloads: number[] = [];
let search: Moment = ["", 0];

/** Called once, for the page that was loaded. */
export function restoreTrail(): void {
  const now = Date.now();
  if (isAllowed()) [views, reloads, search] = kept(TRAIL) ?? [views, reloads, search];
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  reloads = navigation?.type == "reload" ? [now, ...reloads] : [];
  // Fewer reloads are never too many: what is not there compares as no.
  if (now - reloads[defined.RELOADS - 1] <= defined.RELOADS_WITHIN_MS) {
    reloads = [];
    track("Repeated Reload Detected", { definition: defined.REPEATED_RELOAD });
  }
}

/** Called for every page. */
export function followTrail(): void {
  const now = Date.now();
  const { path } = page;
  const [last, before, earlier] = views;
  if (last?.[0] != path) {
    const isBack = before?.[0] == path && (now - last[1] <= defined.RETURN_WITHIN_MS || earlier?.[0] == last[0]);
    views = [[path, now], ...(isBack ? [] : [last, before])];
    if (isBack) track("Back and Forth Detected", { other_path: last[0], definition: defined.BACK_AND_FORTH });
  }
  const words = wordsSearched();
  const [former, at] = search;
  if (words && words != former) {
    search = [words, now];
    track("Site Searched", { query: words });
    if (now - at <= defined.SEARCH_AGAIN_WITHIN_MS) track("Search Repeated", { definition: defined.REPEATED_SEARCH });
  }
  if (isAllowed()) keep(TRAIL, [views, reloads, search]);
}
