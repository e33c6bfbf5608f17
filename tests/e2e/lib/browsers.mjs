// Stock Chromium and Firefox with fake cameras and microphones, each in a new profile.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const executables = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser"],
  firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
};

function chromiumOptions({ devices, framesPerSecond, origin, trustedKey }) {
  return {
    args: [
      // Chromium's sandbox does not work for root, which continuous integration often is.
      "--no-sandbox",
      "--no-first-run",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--use-fake-device-for-media-stream=device-count=3,fps=${framesPerSecond}`,
      // Says yes in the person's place. Without it nobody answers, and the tests refuse.
      ...(devices === "granted" ? ["--use-fake-ui-for-media-stream"] : []),
      ...(origin === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${origin}`]),
      ...(trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trustedKey}`]),
    ],
  };
}

// Firefox's values of permissions.default.*.
const firefoxAllow = 1;
const firefoxBlock = 2;

function firefoxOptions({ devices, framesPerSecond, origin, trustedKey }) {
  const permission = devices === "granted" ? firefoxAllow : firefoxBlock;
  return {
    browser: "firefox",
    // Firefox cannot be told which one to trust.
    acceptInsecureCerts: trustedKey !== undefined,
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true,
      "media.navigator.video.default_fps": framesPerSecond,
      ...(origin === undefined
        ? // Both participants are on this machine, which may have no other network.
          { "media.peerconnection.ice.loopback": true }
        : { "dom.securecontext.allowlist": new URL(origin).hostname }),
      "media.peerconnection.ice.obfuscate_host_addresses": false,
      // Not media.navigator.permission.disabled: a page that was never allowed anything is told of no
      // network but the preferred one.
      "permissions.default.camera": permission,
      "permissions.default.microphone": permission,
    },
  };
}

/**
 * @param kind "chromium" or "firefox"
 * @param devices "granted", or "denied": the person says no to camera and microphone
 * @param framesPerSecond of the fake camera. Few by default: a mesh of four encodes and decodes
 *     twelve pictures at a time on this one machine.
 * @param origin where the pages come from, if not from this host. It counts as secure: a page by
 *     plain http from elsewhere gets no camera, and a certificate would change nothing that is tested.
 * @param trustedKey SHA-256, in base64, of the public key of a certificate to trust like a person who
 *     has looked at it
 */
export async function launchBrowser(
  kind,
  { devices = "granted", framesPerSecond = 10, origin, trustedKey } = {},
) {
  const executablePath = executables[kind].find(existsSync);
  if (executablePath === undefined) throw new Error(`${kind} is not installed`);
  const profile = mkdtempSync(join(tmpdir(), `parley-${kind}-`));
  const optionsOf = kind === "firefox" ? firefoxOptions : chromiumOptions;
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    userDataDir: profile,
    ...optionsOf({ devices, framesPerSecond, origin, trustedKey }),
  });
  return {
    kind,
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
