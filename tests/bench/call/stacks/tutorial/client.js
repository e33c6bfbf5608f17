// The common tutorial's client: connects on Join, is announced, and is offered a connection by
// whoever is there already.

/* global RTCPeerConnection, URL, document, io, location, navigator */

const room = new URL(location).searchParams.get("room");
// The picture that Parley asks for, so that all have the same to encode.
const media = {
  audio: true,
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};
let stream;
let connection;

navigator.mediaDevices.getUserMedia(media).then((tracks) => {
  stream = tracks;
  document.getElementById("mine").srcObject = tracks;
});

function makeConnection(socket, other) {
  connection = new RTCPeerConnection();
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  connection.onicecandidate = ({ candidate }) => {
    if (candidate) socket.emit("candidate", other, candidate);
  };
  connection.ontrack = ({ streams }) => {
    document.getElementById("theirs").srcObject = streams[0];
  };
}

document.getElementById("join").onclick = () => {
  const socket = io();

  socket.on("connect", () => socket.emit("join-room", room));
  socket.on("room-joined", () => (document.body.dataset.state = "joined"));

  socket.on("user-connected", async (other) => {
    makeConnection(socket, other);
    const offer = await connection.createOffer();
    await connection.setLocalDescription(offer);
    socket.emit("offer", other, offer);
  });

  socket.on("offer", async (other, offer) => {
    makeConnection(socket, other);
    await connection.setRemoteDescription(offer);
    const answer = await connection.createAnswer();
    await connection.setLocalDescription(answer);
    socket.emit("answer", other, answer);
  });

  socket.on("answer", (other, answer) => connection.setRemoteDescription(answer));
  socket.on("candidate", (other, candidate) => connection.addIceCandidate(candidate));
};
