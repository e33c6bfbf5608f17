// PeerJS as its guide shows it: the first one of a room has the room's name, the second calls it.

/* global Peer, URL, document, location, navigator */

const query = new URL(location).searchParams;
const room = query.get("room");
const isFirst = query.get("role") === "first";
// The picture that Parley asks for, so that all have the same to encode.
const media = {
  audio: true,
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};
let stream;

navigator.mediaDevices.getUserMedia(media).then((tracks) => {
  stream = tracks;
  document.getElementById("mine").srcObject = tracks;
});

function show(call) {
  call.on("stream", (remote) => (document.getElementById("theirs").srcObject = remote));
}

document.getElementById("join").onclick = () => {
  const peer = new Peer(isFirst ? room : undefined, {
    host: location.hostname,
    port: Number(location.port),
    path: "/peers",
    // No servers of the internet: the others have none either.
    config: { iceServers: [] },
  });
  peer.on("open", () => {
    document.body.dataset.state = "joined";
    if (!isFirst) show(peer.call(room, stream));
  });
  peer.on("call", (call) => {
    call.answer(stream);
    show(call);
  });
};
