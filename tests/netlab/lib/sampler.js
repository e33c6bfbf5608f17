// Runs in a page once it has joined, after page_probe.js: notes every few milliseconds what has
// arrived so far, and every change of state, in milliseconds since 1970 (all pages are on one
// machine and have one clock).

/* global document, navigator, window, performance, setInterval, addEventListener */

(() => {
  // Chromium keeps a report for 50 ms; asking more often than that finds a new one soon.
  const periodMs = 25;

  // The columns of a sample after its time: sums over all connections there have been.
  const columns = {
    frames: ({ framesDecoded }) => framesDecoded,
    videoPackets: ({ kind, packetsReceived }) => (kind === "video" ? packetsReceived : undefined),
    audioPackets: ({ kind, packetsReceived }) => (kind === "audio" ? packetsReceived : undefined),
    // Sound that was received, rather than made up for what was not.
    freshSamples: ({ totalSamplesReceived, concealedSamples }) =>
      totalSamplesReceived - concealedSamples,
    concealedSamples: ({ concealedSamples }) => concealedSamples,
    packetsLost: ({ packetsLost }) => packetsLost,
    freezes: ({ freezeCount }) => freezeCount,
    freezeSeconds: ({ totalFreezesDuration }) => totalFreezesDuration,
  };
  const names = Object.keys(columns);

  const record = { columns: ["time", ...names, "blankMs"], samples: [], states: [] };
  const sums = names.map(() => 0);
  const counted = new WeakMap(); // per connection: the reports that are in the sums, by id

  const shown = new Map();
  function note(what, value) {
    if (value === undefined || shown.get(what) === value) return;
    shown.set(what, value);
    record.states.push([Date.now(), what, value]);
  }

  function count(connection, report) {
    const known = counted.get(connection);
    const last = known.get(report.id);
    // Chromium may make a stream's receiver anew in a new negotiation: its counters begin at 0 again.
    const isSame = last !== undefined && report.packetsReceived >= last.packetsReceived;
    names.forEach((name, column) => {
      const value = columns[name](report);
      if (!Number.isFinite(value)) return;
      const before = isSame ? columns[name](last) : 0;
      sums[column] += value - (Number.isFinite(before) ? before : 0);
    });
    known.set(report.id, report);
  }

  // From whose network the chosen pair of candidates sends, and to where.
  function pathOf(stats) {
    const reports = [...stats.values()];
    const { selectedCandidatePairId } = reports.find(({ type }) => type === "transport") ?? {};
    const pair =
      stats.get(selectedCandidatePairId) ??
      reports.find(({ type, selected }) => type === "candidate-pair" && selected);
    if (pair === undefined) return undefined;
    const end = (id) => {
      const { address, candidateType } = stats.get(id) ?? {};
      return `${address} (${candidateType})`;
    };
    return `${end(pair.localCandidateId)} to ${end(pair.remoteCandidateId)}`;
  }

  const numbers = new Map();
  function meet(connection) {
    if (counted.has(connection)) return;
    counted.set(connection, new Map());
    const number = numbers.size + 1;
    numbers.set(connection, number);
    const noteAll = () => {
      note(`connection ${number}`, connection.connectionState);
      note(`ice ${number}`, connection.iceConnectionState);
      note(`gathering ${number}`, connection.iceGatheringState);
    };
    for (const event of ["connectionstate", "iceconnectionstate", "icegatheringstate"]) {
      connection.addEventListener(`${event}change`, noteAll);
    }
    noteAll();
  }

  // What a connection tells comes into the samples when it comes. Firefox never answers where the
  // connection is closed meanwhile, and no other has to wait for that.
  const asked = new Set();
  async function ask(connection) {
    if (asked.has(connection)) return;
    asked.add(connection);
    const stats = await connection.getStats();
    asked.delete(connection);
    for (const report of stats.values()) {
      if (report.type === "inbound-rtp") count(connection, report);
    }
    note(`path ${numbers.get(connection)}`, pathOf(stats));
  }

  // How long the other's tile has shown no picture at all since it showed the first one.
  let [blankMs, shownAt] = [0, undefined];
  function watchTile(call) {
    const stream = call?.participants[0]?.stream;
    const video = [...window.probe.findAll("video")].find(({ srcObject }) => srcObject === stream);
    const isShown = video !== undefined && video.readyState >= video.HAVE_CURRENT_DATA;
    if (!isShown && shownAt === undefined) return;
    const now = performance.now();
    if (!isShown) blankMs += now - shownAt;
    shownAt = now;
  }

  function sample() {
    const { call } = document.querySelector("parley-call") ?? {};
    watchTile(call);
    note("call", call?.state);
    note("peer", call?.participants[0]?.state);
    for (const connection of window.probe.connections) {
      meet(connection);
      void ask(connection);
    }
    record.samples.push([Date.now(), ...sums, blankMs]);
  }

  // Connected, with new pictures and new sound in each half second of the last `ms`.
  function isWell(ms) {
    const { call } = document.querySelector("parley-call") ?? {};
    if (call?.state !== "connected") return false;
    const at = (time) => record.samples.findLast(([when]) => when <= time);
    for (let ago = 0; ago < ms; ago += 500) {
      const earlier = at(Date.now() - ago - 500);
      const later = at(Date.now() - ago);
      if (earlier === undefined) return false;
      for (const name of ["frames", "freshSamples"]) {
        const column = record.columns.indexOf(name);
        if (later[column] <= earlier[column]) return false;
      }
    }
    return true;
  }

  for (const event of ["online", "offline"]) addEventListener(event, () => note("browser", event));
  navigator.connection?.addEventListener("change", () =>
    note("network", `${navigator.connection.type} ${navigator.connection.effectiveType}`),
  );

  window.sampler = { record, isWell };
  setInterval(sample, periodMs);
})();
