// Runs in a page before its own scripts: every peer connection goes over a relay, whatever the call
// asks for.

/* global RTCPeerConnection, window */

(() => {
  const overRelay = (configuration) => ({ ...configuration, iceTransportPolicy: "relay" });

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(overRelay(configuration));
    }
    setConfiguration(configuration) {
      super.setConfiguration(overRelay(configuration));
    }
  };
})();
