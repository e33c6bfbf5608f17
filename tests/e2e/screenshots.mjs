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

// What a host sees of who comes, and what who comes sees.
async function shootAdmission(room, viewport, shoot) {
  const knock = async (name) => {
    const person = await Participant.open(browser, server.origin, room, name);
    await person.page.setViewport(viewport);
    await person.page.reload(); // to be a phone takes one
    await person.press("join");
    return person;
  };
  const sees = (person, part) =>
    person.until(part, (one) => window.probe.findAll(`[part=${one}]`).next().value, part);
  const host = await knock("Ana");
  await host.waitForState("waiting");
  await host.page.evaluate(() => {
    document.querySelector("parley-call").call.setDoor("waiting-room");
  });
  const [ben, cho] = [await knock("Ben"), await knock("Constantin von Hohenzollern-Sigmaringen")];
  await sees(cho, "door");
  await shoot(cho.page, "door");
  await sees(host, "admit-all");
  await shoot(host.page, "queue");
  await host.press("admit-all");
  await host.seesAndHears(2);
  await host.press("people");
  await sees(host, "remove");
  await shoot(host.page, "people");
  await host.press("remove");
  await shoot(host.page, "people-remove");
  const dan = await knock("Dan");
  await sees(host, "admit");
  await shoot(host.page, "people-and-queue");
  await host.press("sure-remove");
  await ben.waitForState("failed");
  await shoot(ben.page, "removed");
  await host.page.evaluate(() => {
    const { call } = document.querySelector("parley-call");
    call.mute("all");
    call.setPassword("north wind");
    call.setDoor("open");
  });
  await dan.waitForState("failed");
  await shoot(dan.page, "password");
  await cho.until("the notice", () => window.probe.findAll("p.news").next().value);
  await shoot(cho.page, "muted-by-host");
  for (const person of [host, ben, cho, dan]) await person.close();
}

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
    await shootAdmission(`door-${name}`, viewport, shoot);
  }
} finally {
  await close();
  await server.stop();
}
console.log(`Screenshots are in ${folder}`);
