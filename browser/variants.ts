// Which variant of an experiment somebody gets: the same sum as formulas/experiments/assignment.py, from the device's id alone.
import { track } from "./messages";
import { settings } from "./options";
import { identifiers } from "./person";

type Arm = string | undefined;

/** Nothing without consent, without such an experiment, or on a page that is not secure: then nobody is in it. */
export async function variant(name: string, use?: (arm: Arm) => void): Promise<Arm> {
  const id = identifiers().anonymousId;
  const offer = settings.variants?.[name];
  // Empty on a page that is not secure. Every processor that browsers run on has the lowest byte first.
  const hash = new Uint32Array(
    (await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(offer?.salt + id!))) as ArrayBuffer,
  );
  const arm = id && offer?.arms.find((each) => hash[0] % 10_000 < each[1])?.[0];
  if (arm) track("Experiment Viewed", { experiment_id: name, variation_id: arm });
  use?.(arm);
  return arm;
}
