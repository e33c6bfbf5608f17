// Pictures of every page, on a desktop and on a phone, to be looked at.
//
//   node tests/e2e/screenshots.mjs FOLDER

/* global Event, document, window */

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

const folder = resolve(process.argv[2] ?? "build/screenshots");
mkdirSync(folder, { recursive: true });

const sizes = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

const server = await startParley();
const { browser, close } = await launchBrowser("chromium");
try {
  for (const [name, viewport] of Object.entries(sizes)) {
    const shoot = (page, what) => page.screenshot({ path: `${folder}/${name}-${what}.png` });
    for (const [path, what] of [
      ["/", "landing"],
      ["/embed", "embed"],
      ["/nowhere", "not-found"],
    ]) {
      const page = await browser.newPage({ type: "window" });
      await page.setViewport(viewport);
      await page.goto(server.origin + path);
      await shoot(page, what);
      await page.close();
    }

    const room = `team-${name}`;
    const ana = await Participant.open(browser, server.origin, room, "Ana");
    await ana.page.setViewport(viewport);
    await ana.until(
      "the preview",
      () => window.probe.findAll("button[part=join]:enabled").next().value,
    );
    await ana.until("the own picture", () => {
      const video = window.probe.findAll("video").next().value;
      return video?.currentTime > 0;
    });
    await shoot(ana.page, "preview");
    await ana.press("join");
    await ana.waitForState("waiting");
    await shoot(ana.page, "waiting");
    const others = [];
    for (const other of ["Ben", "Cho", "Dan"]) {
      others.push(await Participant.join(browser, server.origin, room, other));
      await ana.seesAndHears(others.length);
      await shoot(ana.page, `call-of-${others.length + 1}`);
    }
    await others[2].page.evaluate(() =>
      Promise.all(
        [...window.probe.connections]
          .flatMap((connection) => connection.getSenders())
          .map((sender) => sender.replaceTrack(null)),
      ),
    );
    await ana.until(
      "that nothing arrives",
      () => document.querySelector("parley-call").call.participants[2].interruption === "silent",
    );
    await shoot(ana.page, "silent");
    await others[0].press("microphone");
    await others[1].press("camera");
    await ana.until("both switched off", () => {
      const { participants } = document.querySelector("parley-call").call;
      return participants[0].media.audio === "off" && participants[1].media.camera === "off";
    });
    await shoot(ana.page, "muted");
    await ana.page.evaluate(() => {
      const { call } = document.querySelector("parley-call");
      for (const track of call.self.stream.getTracks()) track.dispatchEvent(new Event("mute"));
    });
    await ana.until("the interruption", () => window.probe.findAll("[part=status]").next().value);
    await shoot(ana.page, "interrupted");
    await ana.press("more");
    await ana.press("devices");
    await shoot(ana.page, "devices");
    await ana.page.keyboard.press("Escape");
    await ana.press("leave");
    await ana.waitForState("ended");
    await shoot(ana.page, "ended");
    for (const person of [ana, ...others]) await person.close();
  }
} finally {
  await close();
  await server.stop();
}
console.log(`Screenshots are in ${folder}`);
