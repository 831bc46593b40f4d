// The page as messages name it. Of an address only parameters known to be harmless stay, without personal data in them.
import { masked } from "./masking";
import { isAllowed } from "./person";

/** By the names that Google Analytics takes for searches too. */
const SEARCH = /^(q|s|query|search|keyword)$/;
/** By these advertisers know a click again: they name a person, and stay only with consent. */
const CLICK = /clid$|braid$/;

export function reduced(href: string): URL {
  const address = new URL(href, location.href);
  const { hash, pathname, searchParams } = address;
  for (const [name, value] of [...searchParams]) {
    const isKept = name.startsWith("utm_") || SEARCH.test(name) || (CLICK.test(name) && isAllowed());
    if (isKept) searchParams.set(name, masked(value));
    else searchParams.delete(name);
  }
  // A fragment that begins with a slash is a page of a single-page application; any other is a place on the page.
  const route = /^#!?(\/[^?]*)/.exec(hash);
  address.pathname = masked(route ? pathname.replace(/\/$/, "") + route[1] : pathname);
  address.hash = "";
  return address;
}

/** A link or script by host and path; nothing for what is no web address, such as one of mail. */
export function place(href?: string): string | undefined {
  if (!/^http/.test(href!)) return;
  const { origin, pathname } = reduced(href!);
  return origin + pathname;
}

const current = () => {
  const { href, pathname, search } = reduced(location.href);
  return { url: href, path: pathname, search, title: masked(document.title), referrer: place(document.referrer) };
};

export let page: ReturnType<typeof current>;

/** Look anew: the address may have changed, or what may be told of it. */
export function refresh(): void {
  page = current();
}

/** The words searched for, where the address has them. */
export const wordsSearched = (): string | undefined =>
  [...new URLSearchParams(page.search)].find(([name]) => SEARCH.test(name))?.[1];
