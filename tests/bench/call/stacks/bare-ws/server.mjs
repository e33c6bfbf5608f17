// The least a signaling server can do with `ws`: what one says in a room, the others hear.
//
//   node server.mjs PORT

import express from "express";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

const app = express();
app.use(express.static(fileURLToPath(new URL(".", import.meta.url))));
const server = createServer(app);
const rooms = new Map(); // name → set of sockets

new WebSocketServer({ server }).on("connection", (socket, request) => {
  const name = new URL(request.url, "http://localhost").searchParams.get("room");
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room);
  room.add(socket);
  socket.on("message", (data) => {
    for (const other of room) {
      if (other !== socket) other.send(data, { binary: false });
    }
  });
  socket.on("close", () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(name);
  });
});

server.listen(Number(process.argv[2]), "127.0.0.1");
