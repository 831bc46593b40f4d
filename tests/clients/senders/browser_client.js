// @segment/analytics-next, as a page of a shop uses it. The test calls what is put on `window` here.
import { AnalyticsBrowser } from "@segment/analytics-next";

const PACE_MS = 40;
const failed = [];

async function load({ key, host, options }) {
  const [analytics] = await AnalyticsBrowser.load({ writeKey: key, cdnURL: host }, options);
  analytics.on("error", (error) => failed.push(String(error.reason ?? error.code)));
  return analytics;
}

function say(analytics, call) {
  const { type, context, integrations, timestamp } = call;
  const options = { context, integrations, ...(timestamp && { timestamp: new Date(timestamp) }) };
  if (call.anonymousId) analytics.setAnonymousId(call.anonymousId);
  const told = {
    track: () => analytics.track(call.event, call.properties, options),
    page: () => analytics.page(call.name, call.properties, options),
    screen: () => analytics.screen(call.name, call.properties, options),
    identify: () => analytics.identify(call.userId, call.traits, options),
    group: () => analytics.group(call.groupId, call.traits, options),
    alias: () =>
      call.previousId === call.userId ? analytics.alias(call.userId) : analytics.alias(call.userId, call.previousId),
  };
  return told[type]();
}

window.shop = {
  failed,
  streamed: 0,
  enough: false,
  load,
  say,
  async send(legs) {
    for (const leg of legs) {
      const analytics = await load(leg);
      await Promise.all(leg.calls.map((call) => say(analytics, call)));
      if (!leg.stream) continue;
      while (!this.enough) {
        this.streamed += 1;
        void say(analytics, { ...leg.stream, properties: { ...leg.stream.properties, number: this.streamed } });
        await new Promise((settle) => setTimeout(settle, PACE_MS));
      }
    }
  },
};
