// What the script tag says, and what the workspace's settings say. Until they are read, consent is required.
const { dataset, src } = document.currentScript as HTMLScriptElement;

/** `without`: names of events that this site does without. */
export const { writeKey, without } = dataset;
/** The collection API lies where the script comes from. */
export const api = new URL(".", src);

interface Settings {
  consent?: string;
  respectDoNotTrack?: boolean;
  variants?: Record<string, { salt: string; arms: [string, number][] }>;
}

export let settings: Settings = {};

export async function readSettings(): Promise<void> {
  const answer = await fetch(`${api}projects/${writeKey}/settings`);
  settings = (await answer.json()).touchline;
}

/** The version of the SDK; the build puts it in. */
declare const VERSION: string;
export const version = VERSION;
