// @segment/analytics-node or @rudderstack/rudder-sdk-node, as a shop's server uses them.
// Reads one line of JSON that says what to send, and a second one when the stream is long enough; prints what came of it.
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import Rudder from "@rudderstack/rudder-sdk-node";
import { Analytics as Segment } from "@segment/analytics-node";

const PACE_MS = 20;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const plan = JSON.parse((await lines.next()).value);
const failed = [];
let streamed = 0;

const makers = {
  segment({ key, host, options }) {
    const client = new Segment({ writeKey: key, host, ...options });
    client.on("error", (error) => failed.push(String(error.reason ?? error.code)));
    return {
      say: ({ type, timestamp, ...words }) => client[type]({ ...words, timestamp: timestamp && new Date(timestamp) }),
      end: () => client.closeAndFlush({ timeout: 60_000 }),
    };
  },
  rudder({ key, host, options }) {
    const errorHandler = (error) => failed.push(String(error));
    const client = new Rudder(key, { dataPlaneUrl: host, logLevel: "none", errorHandler, ...options });
    const delivered = [];
    return {
      say: ({ type, timestamp, ...words }) =>
        delivered.push(
          new Promise((settle) =>
            client[type]({ ...words, ...(timestamp && { originalTimestamp: new Date(timestamp) }) }, settle),
          ),
        ),
      async end() {
        const again = setInterval(() => client.flush().catch(() => {}), 100); // each flush sends one batch
        await Promise.all(delivered);
        clearInterval(again);
      },
    };
  },
};

for (const leg of plan.legs) {
  const client = makers[plan.module](leg);
  for (const call of leg.calls) client.say(call);
  if (leg.stream) {
    let enough = false;
    void lines.next().then(() => (enough = true));
    while (!enough) {
      streamed += 1;
      client.say({ ...leg.stream, properties: { ...leg.stream.properties, number: streamed } });
      await pause(PACE_MS);
    }
  }
  await client.end();
}
console.log(JSON.stringify({ failed, streamed }));
process.exit(0);
