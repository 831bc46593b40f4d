// Touchline's browser SDK: what a page sends about visits to it. docs/guide/browser-sdk.md is its description.
import { react, startClicks } from "./clicks";
import { adopt, leave } from "./delivery";
import { followScrolling, measureEngagement } from "./engagement";
import { startErrors } from "./errors";
import { abandonForms, startForms } from "./forms";
import { send, track } from "./messages";
import { readSettings } from "./options";
import { consent, know, restore, whenAllowed } from "./person";
import { variant } from "./variants";
import { startViews, viewPage } from "./views";
import { measureVitals, startVitals } from "./vitals";

const calls: Record<string, (...given: any[]) => void> = {
  page: viewPage,
  track,
  consent: (choice) => consent(choice),
  variant,
  identify: (userId, traits) =>
    whenAllowed(() => {
      know(userId);
      send("identify", { traits });
    }),
  group: (groupId, traits) => whenAllowed(() => send("group", { groupId, traits })),
  alias: (userId, previousId) => whenAllowed(() => send("alias", { userId, previousId })),
  reset: () => whenAllowed(know),
  push: (...early) => early.forEach(([name, ...given]) => calls[name](...given)),
};

/** Calls made before the script had arrived lie in a list of this name. */
const early: any = ((window as any).touchline ||= []);

function start(): void {
  restore();
  adopt();
  (window as any).touchline = calls;
  calls.push(...early);
  startViews();
  startClicks();
  startForms();
  startErrors();
  startVitals();
  addEventListener("scroll", scroll, true);
  addEventListener("visibilitychange", () => (document.hidden ? hide() : measureEngagement()));
  addEventListener("pagehide", () => {
    abandonForms(true);
    hide();
  });
}

/** In a part of the page too: then the page itself is where it was. */
function scroll(): void {
  react();
  followScrolling();
}

function hide(): void {
  react();
  measureEngagement();
  measureVitals();
  leave();
}

/** A page that the browser opens ahead of time is seen when somebody sees it. */
function startWhenSeen(): void {
  if ((document as any).prerendering) addEventListener("prerenderingchange", start);
  else start();
}

// A tag that is on the page twice counts once.
early.loading ||= readSettings().catch(() => {}).then(startWhenSeen);
