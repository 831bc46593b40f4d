// Errors of the page's own scripts: what and where, a few a page, never a stack.
import { ERRORS_A_PAGE } from "./definitions";
import { maskedWords } from "./masking";
import { track } from "./messages";
import { place } from "./page";

const told = new Set<string>();

export function startErrors(): void {
  addEventListener("error", ({ message, filename, lineno }) => tell(message, filename, lineno));
  addEventListener("unhandledrejection", ({ reason }) => reason instanceof Error && tell(reason.message));
}

function tell(words: string, filename?: string, line?: number): void {
  // Some browsers quote in double quotes what could not be read.
  const message = maskedWords(words.replace(/"[^"]*"/g, '""'));
  if (told.has(message) || told.add(message).size > ERRORS_A_PAGE) return;
  track("Script Error Occurred", { message, source: place(filename), line });
}
