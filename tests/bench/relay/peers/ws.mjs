// The relay one writes with `ws`: JSON objects, a map of clients, the sender stamped.
//
//   node ws.mjs PORT

import { randomUUID } from "node:crypto";
import { WebSocketServer } from "ws";

const clients = new Map(); // id → socket
const rooms = new Map(); // name → set of ids

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) });

server.on("connection", (socket) => {
  const id = randomUUID();
  let room;
  clients.set(id, socket);

  socket.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.type === "join") {
      room = message.room;
      const others = [...(rooms.get(room) ?? [])];
      rooms.set(room, new Set([...others, id]));
      socket.send(JSON.stringify({ type: "joined", id, participants: others }));
      for (const other of others) {
        clients.get(other).send(JSON.stringify({ type: "participant-joined", id }));
      }
    } else if (message.type === "signal" && rooms.get(room)?.has(message.to)) {
      const { type, payload } = message;
      clients.get(message.to).send(JSON.stringify({ type, from: id, payload }));
    }
  });

  socket.on("close", () => {
    clients.delete(id);
    rooms.get(room)?.delete(id);
    if (rooms.get(room)?.size === 0) rooms.delete(room);
  });
});

server.on("listening", () => console.log("listening"));
