// Forms: begun, refused, given up, sent. Of a field only the name its author gave it, never what stands in it.
import { clickedAt } from "./clicks";
import * as defined from "./definitions";
import { nameOf } from "./masking";
import { track } from "./messages";

/** A script may check a form at any time; only what follows a click is a refusal that somebody sees. */
const ATTEMPT_MS = 1000;
/** Browser and page often refuse the same field at once, each in its own way. */
const SAME_MS = 500;

/** Begun and not sent, each with the field touched last. */
const open = new Map<HTMLFormElement, Element>();
const refusals = new Map<Element, [times: number, at: number]>();

/** A search is no form to be given up: its words show in the address of what it finds. */
const isSearch = (form: HTMLFormElement): Element | null => form.querySelector("[type=search]");

export function startForms(): void {
  const on = (kind: string, act: (element: any) => void) => addEventListener(kind, ({ target }) => act(target), true);
  on("input", touch);
  on("submit", submit);
  on("invalid", (field) => Date.now() - clickedAt < ATTEMPT_MS && refuse(field));
  new MutationObserver((changes) => {
    for (const { target } of changes as any) if (target.ariaInvalid == "true") refuse(target);
  }).observe(document, { attributeFilter: ["aria-invalid"], subtree: true });
}

function touch(field: HTMLInputElement): void {
  const { form } = field;
  if (!form || isSearch(form)) return;
  if (!open.has(form)) track("Form Started", { form: nameOf(form) });
  open.set(form, field);
}

function submit(form: HTMLFormElement): void {
  if (isSearch(form)) return;
  open.delete(form);
  track("Form Submitted", { form: nameOf(form) });
}

function refuse(field: HTMLInputElement): void {
  const now = Date.now();
  const [former, at] = refusals.get(field) ?? [0, 0];
  if (now - at < SAME_MS) return;
  const times = former + 1;
  refusals.set(field, [times, now]);
  const told = { form: field.form && nameOf(field.form), field: nameOf(field), times };
  if (times < defined.REPEATED_ERROR_TIMES) track("Form Error Shown", told);
  else track("Form Error Repeated", { ...told, definition: defined.REPEATED_ERROR });
}

/** Touched forms that were not sent: all when the page is left, else those that are no longer on it. */
export function abandonForms(isLeaving?: boolean): void {
  for (const [form, field] of open) {
    if (!isLeaving && form.isConnected) continue;
    open.delete(form);
    track("Form Abandoned", { form: nameOf(form), last_field: nameOf(field), definition: defined.ABANDONED_FORM });
  }
}
