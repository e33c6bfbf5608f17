// One person in a window: does what a person does, and waits for what a person would see.

/* global URLSearchParams, document, window */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { explained } from "./replay.mjs";

const probe = readFileSync(new URL("./page_probe.js", import.meta.url), "utf8");

// Far beyond what any step takes on a busy machine; whoever waits for it is told what for.
const patienceMs = 30_000;

// What Firefox says on its console of a WebSocket that is closed before it is open. The core closes
// one where the server answers over the first after all, or not soon enough: no error of a script.
const socketGivenUp =
  /^(Firefox can’t establish a connection|The connection to \S+ was interrupted while the page)/;

const blackBelow = 8; // of 255: what a black picture has after encoding

export class Participant {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.complaints = [];
  }

  // Opens the page of a room in a window of its own (a tab in the background draws no videos).
  // `scripts` run in it before its own.
  static async open(browser, origin, room, name, parameters = {}, scripts = []) {
    const page = await browser.newPage({ type: "window" });
    page.setDefaultTimeout(patienceMs);
    const person = new Participant(page, name);
    page.on("pageerror", ({ message }) => {
      if (!socketGivenUp.test(message)) person.complaints.push(message);
    });
    for (const script of [probe, ...scripts]) await page.evaluateOnNewDocument(script);
    await page.goto(`${origin}/r/${room}?${new URLSearchParams({ name, ...parameters })}`);
    return person;
  }

  static async join(browser, origin, room, name, scripts = []) {
    const person = await Participant.open(browser, origin, room, name, {}, scripts);
    await person.press("join");
    await person.waitForState("waiting", "connecting", "connected");
    return person;
  }

  // Waits until `condition` (run in the page, with `args`) holds.
  async until(what, condition, ...args) {
    try {
      await this.page.waitForFunction(condition, { polling: 50, timeout: patienceMs }, ...args);
    } catch (error) {
      const state = await this.describe().catch(() => "the page does not answer");
      const story = await this.story();
      throw new Error(`${this.name} never saw: ${what}. ${state}\n${story}`, { cause: error });
    }
  }

  async describe() {
    return JSON.stringify(
      await this.page.evaluate(async () => {
        const { call } = document.querySelector("parley-call") ?? {};
        return {
          state: call?.state,
          problem: call?.problem,
          participants: call?.participants.map(({ name, state, media }) => ({
            name,
            state,
            media,
          })),
          received: await window.probe.received(),
          brightnesses: window.probe.brightnesses(),
          errors: window.probe.errors,
        };
      }),
    );
  }

  // Clicks the button that the widget marks with this part name.
  async press(part) {
    await this.until(
      `a button "${part}" to press`,
      (name) => [...window.probe.findAll(`button[part=${name}]:enabled`)].length > 0,
      part,
    );
    const handle = await this.page.evaluateHandle(
      (name) => window.probe.findAll(`button[part=${name}]`).next().value,
      part,
    );
    await handle.asElement().click();
  }

  async waitForState(...states) {
    await this.until(
      `the state ${states.join(" or ")}`,
      (wanted) => wanted.includes(document.querySelector("parley-call")?.getAttribute("state")),
      states,
    );
  }

  // Waits until media of `count` others is decoded, heard and seen, and goes on being so.
  async seesAndHears(count) {
    await this.waitForState("connected");
    await this.until(
      `${count} others on ${count} connections`,
      async (expected) => {
        const { call } = document.querySelector("parley-call");
        return (
          call.participants.length === expected &&
          (await window.probe.received()).filter(({ frames }) => frames > 0).length === expected
        );
      },
      count,
    );
    const before = await this.page.evaluate(() => window.probe.received());
    await this.until(
      "ten more frames and more sound from each",
      async (expected, earlier) => {
        const now = await window.probe.received();
        // One that gives way to its successor may have been up before, and is not any more.
        const had = ({ number }) =>
          earlier.find((each) => each.number === number) ?? { frames: 0, energy: 0 };
        return (
          now.length === expected &&
          now.every((each) => {
            const { frames, energy } = had(each);
            return each.frames >= frames + 10 && each.energy > energy;
          })
        );
      },
      count,
      before,
    );
    await this.until(
      `${count} pictures that are not black`,
      (expected, black) => {
        const all = window.probe.brightnesses();
        return all.length === expected && all.every((brightness) => brightness > black);
      },
      count,
      blackBelow,
    );
  }

  // Waits until each picture of somebody else is at most so many pixels wide.
  async seesPicturesWithin(width) {
    await this.until(
      `no picture wider than ${width}`,
      (most) => window.probe.widths().every((each) => each <= most),
      width,
    );
  }

  // Waits until everybody else's `medium` is `sending` ("on", "off" or "none").
  async seesOthersMedia(medium, sending) {
    await this.until(
      `the others' ${medium} ${sending}`,
      (kind, wanted) => {
        const { participants } = document.querySelector("parley-call").call;
        return participants.length > 0 && participants.every(({ media }) => media[kind] === wanted);
      },
      medium,
      sending,
    );
  }

  // Waits until no sound comes any more: half a second without energy.
  async hearsSilence() {
    await this.until("silence", async () => {
      const sum = async () =>
        (await window.probe.received()).reduce((all, { energy }) => all + energy, 0);
      const before = await sum();
      await new Promise((done) => window.setTimeout(done, 500));
      return (await sum()) - before < 1e-6;
    });
  }

  async others() {
    return this.page.evaluate(() =>
      document.querySelector("parley-call").call.participants.map(({ id, name }) => ({ id, name })),
    );
  }

  async journal() {
    return this.page.evaluate(() => document.querySelector("parley-call").call.journal().text());
  }

  // What happened to the call, in plain words: for whoever reads of a failed test.
  async story() {
    return this.journal().then(explained, () => "There is no journal.");
  }

  // Closes the window; a script error that nobody caught fails the test. `expected` (a pattern) are
  // those that belong to what the test did.
  async close({ expected } = {}) {
    const unexpected = () => this.complaints.filter((message) => !expected?.test(message));
    const story = unexpected().length > 0 ? await this.story() : "";
    await this.page.close();
    assert.deepEqual(unexpected(), [], `${this.name}\n${story}`);
  }
}
