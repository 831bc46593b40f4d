// What counts as which signal. A change of a number here is a new version: the version goes with every event, so that
// figures made under different definitions are never mixed unseen. docs/reference/browser-signals.md says it in words.
export const RAGE_CLICK = "rage-click/1";
export const RAGE_CLICKS = 3;
export const RAGE_WITHIN_MS = 1000;
export const RAGE_RADIUS_PX = 30;

export const DEAD_CLICK = "dead-click/1";
export const DEAD_AFTER_MS = 7000;
export const SLOW_CLICK = "slow-click/1";
export const SLOW_AFTER_MS = 3000;

export const REPEATED_ERROR = "repeated-error/1";
export const REPEATED_ERROR_TIMES = 2;
export const ABANDONED_FORM = "form-abandoned/1";

export const BACK_AND_FORTH = "back-and-forth/1";
export const RETURN_WITHIN_MS = 15000;
export const ALTERNATIONS = 3;

export const REPEATED_SEARCH = "repeated-search/1";
export const SEARCH_AGAIN_WITHIN_MS = 60000;

export const REPEATED_RELOAD = "repeated-reload/1";
export const RELOADS = 3;
export const RELOADS_WITHIN_MS = 60000;

export const ENGAGED_AFTER_MS = 10000;

export const ERRORS_A_PAGE = 5;
