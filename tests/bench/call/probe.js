// Runs in every page before its own scripts and notes, on the page's clock: when a button was
// clicked, when a peer connection was first connected, and when the first frame of a remote track
// was shown. Knows nothing of the stack it watches.

/* global HTMLMediaElement, HTMLVideoElement, document, performance, window */

(() => {
  const marks = {};
  window.benchMarks = marks;
  const mark = (name, time) => (marks[name] ??= time);

  document.addEventListener("click", (event) => mark("clicked", event.timeStamp), true);

  const remoteTracks = new WeakSet();
  const PeerConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends PeerConnection {
    constructor(...args) {
      super(...args);
      this.addEventListener("track", ({ track }) => remoteTracks.add(track));
      this.addEventListener("connectionstatechange", () => {
        if (this.connectionState === "connected") mark("connected", performance.now());
      });
    }
  };

  function watch(video) {
    video.requestVideoFrameCallback((now) => {
      const tracks = video.srcObject?.getVideoTracks() ?? [];
      if (tracks.some((track) => remoteTracks.has(track))) {
        mark("remoteFrame", now);
      } else {
        mark("preview", now);
        watch(video);
      }
    });
  }
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject");
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", {
    ...source,
    set(stream) {
      source.set.call(this, stream);
      if (stream && this instanceof HTMLVideoElement && !this.benchWatched) {
        this.benchWatched = true;
        watch(this);
      }
    },
  });
})();
