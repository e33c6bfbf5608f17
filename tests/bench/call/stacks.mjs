// What is compared: how each stack's server is started, where its call is, how to see that the
// first one waits in the room, and where its Join button is.

/* global URLSearchParams, document */

import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));
const root = fileURLToPath(new URL("../../../", import.meta.url));

function peer(folder, parameters = {}) {
  return {
    server: (port) => [process.execPath, [`${here}stacks/${folder}/server.mjs`, `${port}`]],
    path: (room, role) => `/?${new URLSearchParams({ room, role, ...parameters })}`,
    joinButton: "#join",
    joined: () => document.body.dataset.state === "joined",
  };
}

export const stacks = {
  parley: {
    server: (port) => [`${root}build/native/server/parley`, ["--port", `${port}`]],
    path: (room, role) => `/r/${room}?name=${role}`,
    joinButton: "parley-call >>> button[part=join]",
    joined: () => document.querySelector("parley-call").getAttribute("state") === "waiting",
  },
  "offer before Join": peer("bare-ws", { early: "yes" }),
  "offer before open": peer("bare-ws", { early: "no" }),
  PeerJS: peer("peerjs"),
  tutorial: peer("tutorial"),
};
