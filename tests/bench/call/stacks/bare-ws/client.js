/* global RTCPeerConnection, URL, WebSocket, document, location, navigator */

// As little as a call can take. The second one of a room makes the offer: on Join, while the socket
// opens (?early=no), or, with the socket open too, while the preview shows (?early=yes).

const query = new URL(location).searchParams;
const isFirst = query.get("role") === "first";
const early = query.get("early") === "yes";

// The picture that Parley asks for, so that all have the same to encode.
const media = {
  audio: true,
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};
let stream;
let socket;
let connection;
const unsent = []; // signals that are ready before they may be sent
let joined = false;

function send(signal) {
  if (joined && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(signal));
  else unsent.push(signal);
}

function sendUnsent() {
  for (const signal of unsent.splice(0)) send(signal);
}

function openSocket() {
  socket = new WebSocket(`ws://${location.host}/?room=${query.get("room")}`);
  socket.onopen = () => {
    if (isFirst) document.body.dataset.state = "joined";
    if (joined) sendUnsent();
  };
  socket.onmessage = async ({ data }) => {
    const { description, candidate } = JSON.parse(data);
    if (candidate) {
      await connection.addIceCandidate(candidate);
    } else if (description.type === "offer") {
      makeConnection();
      await connection.setRemoteDescription(description);
      await connection.setLocalDescription();
      send({ description: connection.localDescription });
    } else {
      await connection.setRemoteDescription(description);
    }
  };
}

function makeConnection() {
  connection = new RTCPeerConnection();
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  connection.onicecandidate = ({ candidate }) => candidate && send({ candidate });
  connection.ontrack = ({ streams }) => {
    document.getElementById("theirs").srcObject = streams[0];
  };
}

async function makeOffer() {
  makeConnection();
  await connection.setLocalDescription();
  unsent.unshift({ description: connection.localDescription });
  if (joined && socket.readyState === WebSocket.OPEN) sendUnsent();
}

navigator.mediaDevices.getUserMedia(media).then((tracks) => {
  stream = tracks;
  document.getElementById("mine").srcObject = tracks;
  if (early && !isFirst) {
    openSocket();
    makeOffer();
  }
});

document.getElementById("join").onclick = () => {
  joined = true;
  if (socket === undefined) {
    openSocket();
    if (!isFirst) makeOffer();
  } else {
    sendUnsent();
  }
};
