// PeerJS as its guide shows it: the first one of a room has the room's name, the second calls it.

/* global Peer, URL, document, location, navigator */

const query = new URL(location).searchParams;
const room = query.get("room");
const isFirst = query.get("role") === "first";
let stream;

navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then((media) => {
  stream = media;
  document.getElementById("mine").srcObject = media;
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
