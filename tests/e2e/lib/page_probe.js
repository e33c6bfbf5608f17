// Runs in every page before its own scripts: what a test has to know of it that its interface does
// not show. It counts what the browser itself reports of each peer connection, so that no mistake
// in the page's own statistics can make a test pass.

/* global RTCPeerConnection, document, window */

(() => {
  const connections = new Set();
  let made = 0;
  const remoteTracks = new WeakSet();

  window.RTCPeerConnection = class extends RTCPeerConnection {
    number = (made += 1);
    #go;
    gone = new Promise((resolve) => (this.#go = resolve));
    constructor(...args) {
      super(...args);
      connections.add(this);
      this.addEventListener("track", ({ track }) => remoteTracks.add(track));
    }
    close() {
      super.close();
      connections.delete(this);
      this.#go();
    }
  };

  // Every element below `root` that matches, in shadow trees too.
  function* findAll(selector, root = document) {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(selector)) yield element;
      if (element.shadowRoot) yield* findAll(selector, element.shadowRoot);
    }
  }

  // For each connection that is up: its number, video frames decoded and sound energy received so far.
  async function received() {
    const all = [];
    for (const connection of connections) {
      if (connection.connectionState !== "connected") continue;
      // Firefox (ESR 153) may never answer where the connection is closed meanwhile.
      const reports = await Promise.race([connection.getStats(), connection.gone]);
      if (!reports) continue;
      let frames = 0;
      let energy = 0;
      for (const report of reports.values()) {
        if (report.type !== "inbound-rtp") continue;
        frames += report.framesDecoded ?? 0;
        energy += report.totalAudioEnergy ?? 0;
      }
      all.push({ number: connection.number, frames, energy });
    }
    return all;
  }

  // The videos with a picture of somebody else, as far as they are shown.
  function* remoteVideos() {
    for (const video of findAll("video")) {
      const tracks = video.srcObject?.getVideoTracks() ?? [];
      if (!tracks.some((track) => remoteTracks.has(track))) continue;
      if (video.videoWidth > 0 && video.checkVisibility()) yield video;
    }
  }

  const widths = () => Array.from(remoteVideos(), ({ videoWidth }) => videoWidth);

  // The mean brightness of each of them, 0 to 255.
  function brightnesses() {
    const canvas = document.createElement("canvas");
    const [width, height] = (([canvas.width, canvas.height] = [64, 48]), [64, 48]);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const all = [];
    for (const video of remoteVideos()) {
      context.drawImage(video, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
      all.push(sum / (width * height * 3));
    }
    return all;
  }

  // When things happened, in milliseconds since 1970, so that pages can be compared.
  const times = { clicked: undefined, left: [] };
  document.addEventListener("click", () => (times.clicked = Date.now()), true);
  document.addEventListener("parley-participant-left", () => times.left.push(Date.now()));

  const errors = [];
  document.addEventListener("parley-error", ({ detail }) => errors.push(detail.code));

  window.probe = { connections, received, brightnesses, widths, findAll, times, errors };
})();
