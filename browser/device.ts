// What is kept on the device: nothing without consent, and nothing after it was withdrawn.
import { writeKey } from "./options";

export const PERSON = `touchline.${writeKey}`;
export const TRAIL = `${PERSON}.trail`;
export const QUEUE = `${PERSON}.queue`;

/** Undefined where nothing is kept, or the browser forbids looking. */
export function kept(name: string): any {
  try {
    return JSON.parse(localStorage[name]);
  } catch {}
}

/** Keep a value; without one, nothing of that name is kept any longer. */
export function keep(name: string, value?: unknown): void {
  try {
    if (value) localStorage[name] = JSON.stringify(value);
    else delete localStorage[name];
  } catch {}
}
