// The common tutorial's server: Express for the page, Socket.IO for rooms and signals.
//
//   node server.mjs PORT

import express from "express";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { Server } from "socket.io";

const app = express();
app.use(express.static(fileURLToPath(new URL(".", import.meta.url))));
const server = createServer(app);
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("join-room", (room) => {
    socket.join(room);
    socket.to(room).emit("user-connected", socket.id);
    socket.emit("room-joined");
  });
  for (const event of ["offer", "answer", "candidate"]) {
    socket.on(event, (to, data) => io.to(to).emit(event, socket.id, data));
  }
});

server.listen(Number(process.argv[2]), "127.0.0.1");
