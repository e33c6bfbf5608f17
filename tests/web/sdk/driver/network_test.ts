import { beforeEach, expect, test } from "@jest/globals";
import { Network } from "../../../../web/sdk/driver/network.ts";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { define, type FakeBrowser, installBrowser } from "../../support/browser.ts";

let browser: FakeBrowser;
let connection: EventTarget & { type?: string };
let inputs: AnyInput[];
let network: Network;

beforeEach(() => {
  browser = installBrowser();
  connection = Object.assign(new EventTarget(), { type: "wifi" });
  define({ navigator: { connection } });
  inputs = [];
  network = new Network((input) => inputs.push(input));
});

const causes = () => inputs.map((input) => input.type === "hint" && input.cause);

const turn = (hidden: boolean) => {
  (document as { hidden: boolean }).hidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};

const changeTo = (type: string) => {
  connection.type = type;
  connection.dispatchEvent(new Event("change"));
};

test("a network that is back is a hint", () => {
  browser.page.dispatchEvent(new Event("online"));
  expect(causes()).toEqual(["online"]);
});

test("a page that comes to the front is a hint, one that goes is none", () => {
  turn(true);
  expect(causes()).toEqual([]);
  turn(false);
  expect(causes()).toEqual(["page-visible"]);
});

test("a page that was frozen and goes on is a hint, in the background too", () => {
  (document as { hidden: boolean }).hidden = true;
  document.dispatchEvent(new Event("resume"));
  expect(causes()).toEqual(["page-visible"]);
});

test("another network is a hint; a new estimate of the same, or none at all, is not", () => {
  changeTo("wifi");
  changeTo("none");
  expect(causes()).toEqual([]);
  changeTo("cellular");
  expect(causes()).toEqual(["network-changed"]);
});

test("nothing is said any more once closed", () => {
  network.close();
  browser.page.dispatchEvent(new Event("online"));
  turn(false);
  changeTo("cellular");
  expect(causes()).toEqual([]);
});

test("browsers that do not know the kind of network go without", () => {
  define({ navigator: {} });
  const plain = new Network((input) => inputs.push(input));
  browser.page.dispatchEvent(new Event("online"));
  expect(causes()).toEqual(["online", "online"]);
  plain.close();
});
