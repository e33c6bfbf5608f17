// PeerJS's own server, and the page with its client.
//
//   node server.mjs PORT

import express from "express";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { ExpressPeerServer } from "peer";

const bench = fileURLToPath(new URL("../../../", import.meta.url));
const app = express();
const server = createServer(app);
app.use("/peers", ExpressPeerServer(server));
app.use(express.static(fileURLToPath(new URL(".", import.meta.url))));
app.use(express.static(`${bench}node_modules/peerjs/dist`));

server.listen(Number(process.argv[2]), "127.0.0.1");
