// Core Web Vitals by Google's own package. They belong to the page that was loaded, whatever came after it.
// Its version 4: later ones also follow soft navigations, behind a flag in browsers, and weigh up to a kilobyte more.
import type { MetricType } from "web-vitals";
import { onCLS } from "web-vitals/onCLS.js";
import { onFCP } from "web-vitals/onFCP.js";
import { onINP } from "web-vitals/onINP.js";
import { onLCP } from "web-vitals/onLCP.js";
import { type Properties, track } from "./messages";
import { page } from "./page";

let measured: Properties = {};

export function startVitals(): void {
  const { path } = page;
  const note = ({ name, value, rating }: MetricType) => {
    const key = name.toLowerCase();
    measured.path = path;
    measured[key] = value;
    measured[`${key}_rating`] = rating;
  };
  for (const follow of [onLCP, onINP, onCLS, onFCP]) follow(note);
}

export function measureVitals(): void {
  if (measured.path) track("Web Vitals Measured", measured);
  measured = {};
}
