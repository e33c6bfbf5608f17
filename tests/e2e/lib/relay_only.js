// Runs in a page before its own scripts: every peer connection goes over a relay, whatever the call
// asks for. Where `window.relaysUsed` is a pattern, only ICE servers whose addresses match it are used.

/* global RTCPeerConnection, window */

(() => {
  const wanted = ({ urls, ...server }) => ({
    ...server,
    urls: [urls].flat().filter((url) => window.relaysUsed?.test(url) ?? true),
  });

  const overRelay = ({ iceServers = [], ...configuration } = {}) => ({
    ...configuration,
    iceServers: iceServers.map(wanted).filter(({ urls }) => urls.length > 0),
    iceTransportPolicy: "relay",
  });

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(overRelay(configuration));
    }
    setConfiguration(configuration) {
      super.setConfiguration(overRelay(configuration));
    }
  };
})();
