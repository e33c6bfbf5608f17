import { beforeEach, expect, test } from "@jest/globals";
import { DeviceList } from "../../../../web/sdk/media/devices.ts";
import { define, type FakeBrowser, installBrowser, settled } from "../../support/browser.ts";
import { device, FakeTrack, type ListedDevice } from "../../support/fake_media.ts";

let browser: FakeBrowser;
let changes: number;

beforeEach(() => {
  browser = installBrowser();
  changes = 0;
});

async function listOf(...list: ListedDevice[]): Promise<DeviceList> {
  browser.devices.list = list;
  const devices = new DeviceList(() => changes++);
  await settled();
  return devices;
}

const plug = async (...list: ListedDevice[]) => {
  browser.devices.plug(list);
  await settled();
};

const track = (id: string, label: string) =>
  new FakeTrack("video", id, label) as unknown as MediaStreamTrack;

test("what is plugged in and out is listed, and told of once", async () => {
  const front = device("videoinput", "Front");
  const devices = await listOf(front);
  await plug(front, device("videoinput", "Rear"));
  expect(devices.labels("camera")).toEqual(["Front", "Rear"]);
  expect(changes).toBe(2);
  browser.devices.dispatchEvent(new Event("devicechange"));
  await settled();
  expect(changes).toBe(2);
});

test("two of the same make are told apart, and keep their names when the other goes", async () => {
  const [one, two] = [device("videoinput", "Cam", "1"), device("videoinput", "Cam", "2")];
  const devices = await listOf(one, two);
  expect(devices.labels("camera")).toEqual(["Cam", "Cam (2)"]);
  await plug(two);
  expect(devices.labels("camera")).toEqual(["Cam (2)"]);
  await plug(one, two);
  expect(devices.labels("camera")).toEqual(["Cam", "Cam (2)"]);
  expect(devices.idOf("camera", "Cam (2)")).toBe("2");
});

test("what stands for the system's choice is no device of its own", async () => {
  const groupId = "group of Mic";
  const devices = await listOf(
    { ...device("audioinput", "Default - Mic", "default"), groupId },
    device("audioinput", "Mic", "1"),
  );
  expect(devices.labels("audio")).toEqual(["Mic"]);
  expect(devices.labelOf("audio", "default")).toBe(undefined);
  const used = { label: "Default - Mic", getSettings: () => ({ deviceId: "default", groupId }) };
  expect(devices.labelOfTrack("audio", used as unknown as MediaStreamTrack)).toBe("Mic");
});

test("before names are known a track's own name counts, cut to what the core takes", async () => {
  const devices = await listOf(device("videoinput", "", "1"));
  expect(devices.labelOfTrack("camera", track("1", "Front"))).toBe("Front");
  expect(devices.labelOfTrack("camera", track("1", "é".repeat(200)))).toBe("é".repeat(60));
});

test("a page that comes to the front looks again", async () => {
  const devices = await listOf();
  browser.devices.list = [device("videoinput", "Front")];
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  expect(devices.labels("camera")).toEqual(["Front"]);
});

test("an insecure page has none", async () => {
  define({ navigator: {} });
  const devices = await listOf();
  expect(devices.all).toEqual({ audio: [], camera: [], speaker: [] });
  devices.close();
});

test("a browser that does not let a page choose has no loudspeakers", async () => {
  define({ HTMLMediaElement: class {} });
  const devices = await listOf(device("audiooutput", "Loud"));
  expect(devices.all.speaker).toEqual([]);
});
