// What happens to a call. Ana is the one to whom it happens; Wi-Fi is the network in use, and the
// mobile one is there all the time.

import { setTimeout as pause } from "node:timers/promises";

const outageMs = 8000;
const serverIsAwayMs = 10_000;
// A phone that leaves the range of its Wi-Fi clings to it for some time.
const systemNoticesMs = 15_000;
// The sockets to the dead server are closed by then, and the call knows that it is gone.
const serverIsMissedMs = 1000;

// The call goes on for as long as others are watched.
async function goOn() {
  const begin = Date.now();
  return { begin, origin: begin };
}

/**
 * By name: `title`, and `happen`, which makes it happen in a laboratory and returns
 *   begin   when it began, in ms since 1970
 *   origin  the moment from which the time until media are back counts
 * Where the networks or the server are not the usual ones, `around` says how; see Laboratory.
 */
export const scenarios = {
  "move-seen": {
    title: "address change; device and address go",
    async happen({ network }) {
      const begin = Date.now();
      await network.unplug("ana", "wifi");
      return { begin, origin: begin };
    },
  },
  "move-silent": {
    title: "address change; packets stop, the system sends what is new by the other network",
    async happen({ network }) {
      const begin = Date.now();
      await network.silence("ana", "wifi");
      await network.avoid("ana", "wifi");
      return { begin, origin: begin };
    },
  },
  "move-late": {
    title: `address change; packets stop, the system takes the device down ${systemNoticesMs / 1000} s later`,
    async happen({ network }) {
      const begin = Date.now();
      await network.silence("ana", "wifi");
      await pause(systemNoticesMs);
      await network.unplug("ana", "wifi");
      return { begin, origin: begin };
    },
  },
  outage: {
    title: `no network for ${outageMs / 1000} s; counted from its end`,
    async happen({ network }) {
      const begin = Date.now();
      await Promise.all([network.silence("ana", "wifi"), network.silence("ana", "mobile")]);
      await pause(outageMs);
      const origin = Date.now();
      await Promise.all([network.restore("ana", "wifi"), network.restore("ana", "mobile")]);
      return { begin, origin };
    },
  },
  "one-way": {
    title: "what Ana sends Ben by Wi-Fi is lost; the way back and the server are reached",
    async happen({ network }) {
      const begin = Date.now();
      await network.blockOneWay("ana", "wifi", "ben");
      return { begin, origin: begin };
    },
  },
  server: {
    title: `server killed, started again after ${serverIsAwayMs / 1000} s`,
    async happen(lab) {
      const begin = Date.now();
      await lab.killServer();
      await pause(serverIsAwayMs);
      await lab.startServer();
      return { begin, origin: begin };
    },
  },
  "server-move": {
    title: `server killed, started again after ${serverIsAwayMs / 1000} s; meanwhile device and address go, from when it counts`,
    async happen(lab) {
      const begin = Date.now();
      await lab.killServer();
      await pause(serverIsMissedMs);
      const origin = Date.now();
      await lab.network.unplug("ana", "wifi");
      await pause(begin + serverIsAwayMs - Date.now());
      await lab.startServer();
      return { begin, origin };
    },
  },
  parted: {
    title: "nothing passes between Ana's and Ben's networks; both reach the server and its relay",
    async happen({ network }) {
      const begin = Date.now();
      await network.part("ana", "ben");
      return { begin, origin: begin };
    },
  },
  symmetric: {
    title: "both behind routers that use another port for each destination; nothing happens",
    around: { routers: { ana: "symmetric", ben: "symmetric" } },
    happen: goOn,
  },
  "https-only": {
    title: "Ana behind a firewall that lets out TCP to port 443 alone; nothing happens",
    around: { routers: { ana: "https-only" }, port: 443, tls: true },
    happen: goOn,
  },
  "behind-nat": {
    title:
      "the server behind a NAT that translates one to one, Ana behind a firewall that lets out TCP to " +
      "port 443 alone, Ben behind a symmetric NAT; nothing happens",
    around: {
      routers: { ana: "https-only", ben: "symmetric" },
      ...{ port: 443, tls: true, isServerTranslated: true },
    },
    happen: goOn,
  },
};
