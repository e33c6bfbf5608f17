// Somebody who may not use camera and microphone is in the call all the same, and is told why.

import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

/* global window */

let server;
let chromium;

before(async () => {
  server = await startParley();
  chromium = await launchBrowser("chromium");
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

for (const kind of ["chromium", "firefox"]) {
  test(`camera and microphone denied in ${kind}`, async () => {
    const denying = await launchBrowser(kind, { devices: "denied" });
    try {
      if (kind === "chromium") {
        // Whatever is not granted is refused.
        await denying.browser.defaultBrowserContext().overridePermissions(server.origin, []);
      }
      const room = `denied-${kind}`;
      const ana = await Participant.join(chromium.browser, server.origin, room, "Ana");
      const ben = await Participant.open(denying.browser, server.origin, room, "Ben");
      await ben.until("that it was denied", () =>
        window.probe.errors.includes("media-denied-by-user"),
      );
      await ben.press("join");

      await ana.seesOthersMedia("audio", "none");
      await ana.seesOthersMedia("camera", "none");
      await ana.waitForState("connected");
      await ben.seesAndHears(1);
      await ana.close();
      await ben.close();
    } finally {
      await denying.close();
    }
  });
}
