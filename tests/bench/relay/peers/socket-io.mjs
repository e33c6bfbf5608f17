// The relay of the common tutorial: Express and Socket.IO, one event to join, one to signal.
//
//   node socket-io.mjs PORT

import express from "express";
import { createServer } from "node:http";
import { Server } from "socket.io";

const server = createServer(express());
const io = new Server(server, { transports: ["websocket"] });

io.on("connection", (socket) => {
  socket.on("join", (room) => {
    socket.emit("joined", [...(io.sockets.adapter.rooms.get(room) ?? [])]);
    socket.join(room);
    socket.to(room).emit("participant-joined", socket.id);
  });

  socket.on("signal", ({ to, payload }) => {
    io.to(to).emit("signal", { from: socket.id, payload });
  });
});

server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"));
