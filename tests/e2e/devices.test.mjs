// Devices that come and go, and a page that is left and comes back.
//
// What is real: the browsers, their streams and connections, and the change from one fake camera
// to another. No stock browser can pull a fake camera out, so that is played: the track is stopped,
// and the page is given the list without that camera and the events that go with it. Likewise the
// system's interruption, which only phones have.

/* global Event, document, history, navigator, window */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

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

async function pair(room) {
  const ana = await Participant.join(chromium.browser, server.origin, room, "Ana");
  await ana.waitForState("waiting");
  const ben = await Participant.join(chromium.browser, server.origin, room, "Ben");
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  return [ana, ben];
}

// Name of the camera in use, by what the browser says of the track.
const usesCamera = (person, label) =>
  person.until(
    `the camera ${label} in use`,
    (wanted) => {
      const { call } = document.querySelector("parley-call");
      const [track] = call.self.stream.getVideoTracks();
      return call.self.media.camera === "on" && track?.label === wanted;
    },
    label,
  );

const hears = (person, text) =>
  person.until(
    `the notice "${text}"`,
    (wanted) => [...window.probe.findAll("p")].some(({ textContent }) => textContent === wanted),
    text,
  );

// Hides the camera in use from the page, as if it had been pulled out, or shows all again.
const pullOutCamera = (person) =>
  person.page.evaluate(() => {
    const [track] = document.querySelector("parley-call").call.self.stream.getVideoTracks();
    const { deviceId } = track.getSettings();
    const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () =>
      (await list()).filter((device) => device.deviceId !== deviceId);
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    // The browser still has it: only with an "exact" other is it kept from taking this one.
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const others = await navigator.mediaDevices.enumerateDevices();
      const other = others.find(({ kind }) => kind === "videoinput");
      return open({ ...wanted, video: wanted.video && { deviceId: { exact: other.deviceId } } });
    };
    window.plugIn = () => {
      delete navigator.mediaDevices.enumerateDevices;
      delete navigator.mediaDevices.getUserMedia;
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    };
    track.stop();
    track.dispatchEvent(new Event("ended"));
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  });

test("a camera that is pulled out gives way to the other, and is used again when it is back", async () => {
  const [ana, ben] = await pair("camera");
  await ana.page.evaluate(async () => {
    const { call } = document.querySelector("parley-call");
    const chosen = call.devices.camera.find(({ label }) => label === "fake_device_2");
    await call.useDevice("camera", chosen.id);
  });
  await usesCamera(ana, "fake_device_2");

  await pullOutCamera(ana);
  await hears(ana, "fake_device_2 is not available. Using fake_device_0.");
  await usesCamera(ana, "fake_device_0");
  await ben.seesAndHears(1);

  await ana.page.evaluate(() => window.plugIn());
  await hears(ana, "Using fake_device_2 again.");
  await usesCamera(ana, "fake_device_2");
  await ben.seesAndHears(1);

  await replays(await ana.journal());
  await Promise.all([ana.close(), ben.close()]);
});

test("a loudspeaker that is pulled out gives way to the default, and is used again", async () => {
  const label = "Fake Audio Output 1";
  const [ana, ben] = await pair("loudspeaker");
  const playsOn = (what, isChosen) =>
    ana.until(
      what,
      async (name, chosen) => {
        const all = await window.allDevices();
        const { deviceId } = all.find((device) => device.label === name);
        const played = [...window.probe.findAll("video")].filter(({ muted }) => !muted);
        return (
          played.length > 0 && played.every(({ sinkId }) => sinkId === (chosen ? deviceId : ""))
        );
      },
      label,
      isChosen,
    );
  await ana.page.evaluate((name) => {
    window.allDevices = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    window.list = (devices) => {
      navigator.mediaDevices.enumerateDevices = devices;
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    };
    const element = document.querySelector("parley-call");
    const { id } = element.call.devices.speaker.find((device) => device.label === name);
    const room = window.probe.findAll("parley-room").next().value;
    room.dispatchEvent(new window.CustomEvent("device", { detail: { kind: "speaker", id } }));
  }, label);
  await playsOn("the chosen loudspeaker in use", true);
  await ana.page.evaluate((name) => {
    window.list(async () => (await window.allDevices()).filter((one) => one.label !== name));
  }, label);
  await playsOn("the default loudspeaker in use", false);
  await ana.page.evaluate(() => window.list(window.allDevices));
  await playsOn("the chosen loudspeaker in use again", true);
  await Promise.all([ana.close(), ben.close()]);
});

test("a camera that the system interrupts is off for the other, and taken anew at the click", async () => {
  const [ana, ben] = await pair("interrupted");
  await ana.page.evaluate(() => {
    const [track] = document.querySelector("parley-call").call.self.stream.getVideoTracks();
    track.dispatchEvent(new Event("mute"));
  });
  await ben.seesOthersMedia("camera", "off");
  await ana.until("what has happened", () =>
    [...window.probe.findAll("[part=status]")].some(
      ({ textContent }) => textContent === "The system has interrupted the camera",
    ),
  );
  await ana.press("camera");
  await ben.seesOthersMedia("camera", "on");
  await ben.seesAndHears(1);
  await Promise.all([ana.close(), ben.close()]);
});

for (const kind of ["chromium", "firefox"]) {
  test(`who leaves the page and comes back with "Back" is in the call again in ${kind}`, async () => {
    const other = kind === "chromium" ? chromium : await launchBrowser(kind);
    try {
      const room = `back-${kind}`;
      const ana = await Participant.join(chromium.browser, server.origin, room, "Ana");
      await ana.waitForState("waiting");
      const ben = await Participant.join(other.browser, server.origin, room, "Ben");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
      const [{ id }] = await ana.others();
      await ben.page.evaluate(() => (window.mark = "the page of before"));

      await ben.page.goto(server.origin);
      // Firefox sends nothing more on a socket of a page that goes: there one is "away" at first.
      await ana.until("that Ben has gone", () => {
        const [one] = document.querySelector("parley-call").call.participants;
        return one === undefined || one.presence === "away";
      });
      // After the answer to this, which would get lost with the page.
      await ben.page.evaluate(() => window.setTimeout(() => history.back()));
      await ana.waitForState("connected");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
      assert.deepEqual(
        (await ana.others()).map((one) => one.id),
        [id],
      );
      // Firefox keeps no page that has a peer connection when it is left, and loads it anew.
      const isKept = await ben.page.evaluate(() => window.mark !== undefined);
      assert.equal(isKept, kind === "chromium");
      await Promise.all([ana.close(), ben.close()]);
    } finally {
      if (other !== chromium) await other.close();
    }
  });
}
