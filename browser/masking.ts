// What may leave the page: no e-mail address, no long number, no code, and nothing that stands in a field.
export const FIELDS = "input,textarea,select,[contenteditable]";
const SECRET = `${FIELDS},[data-touchline-mask]`;
const LABEL_CHARACTERS = 80;

/** Words and addresses with personal data replaced by what it was. */
export const masked = (text: string): string =>
  text
    .slice(0, 500)
    .replace(/[\w.+%-]+(@|%40)[\w.-]+/g, "[e-mail]")
    .replace(/[\da-f-]{32,}|\b(?=\w*\d)\w{20,}/gi, "[code]")
    .replace(/\d([ .()-]{0,2}\d){8,}|\d{7,}/g, "[number]");

/** Masked words of the page's own: pages repeat in labels and errors what was typed into a field. */
export function maskedWords(text: string): string {
  for (const { value } of document.querySelectorAll<HTMLInputElement>("input,textarea")) {
    if (value.length > 2) text = text.replaceAll(value, "[field]");
  }
  return masked(text.trim().replace(/\s+/g, " ")).slice(0, LABEL_CHARACTERS);
}

/** The words on a button or link; nothing where the nearest mark says to mask, and never those of or with a field. */
export function label(element: Element): string | undefined {
  const nearest = element.closest(`${SECRET},[data-touchline-unmask]`);
  if (element.querySelector(SECRET) || nearest?.matches(SECRET)) return;
  return maskedWords(element.ariaLabel || element.textContent!);
}

/** What the page's author calls a form or field, never what is in it. */
export const nameOf = (element: Element): string =>
  masked(element.getAttribute("name") || element.getAttribute("id") || "");
