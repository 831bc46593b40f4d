// One message of Segment's tracking API, with what surrounds it.
import { enqueue } from "./delivery";
import { version, without } from "./options";
import { page } from "./page";
import { identifiers } from "./person";

export type Properties = Record<string, unknown>;

export const newId = (): string => `${Date.now()}-${Math.random()}`;

export function send(type: string, fields: object): void {
  const who = identifiers();
  const { language, userAgent } = navigator;
  const campaign: Properties = {};
  for (const [name, value] of new URLSearchParams(page.search)) {
    if (name.startsWith("utm_")) campaign[name.slice(4).replace("campaign", "name")] = value;
  }
  enqueue(
    JSON.stringify({
      type,
      messageId: newId(),
      timestamp: new Date(),
      ...who,
      ...fields,
      context: {
        page,
        campaign,
        userAgent,
        locale: language,
        library: { name: "touchline-browser", version },
        consent: who.anonymousId ? undefined : { cookieless: true },
      },
    }),
  );
}

export function track(event: string, properties?: Properties): void {
  if (!without?.includes(event)) send("track", { event, properties });
}
