/**
 * What Parley's clients negotiate of all that a browser can: Opus; VP8, VP9, H.264 and AV1 each in
 * the one profile that cameras and screens are encoded in; and their retransmissions. Browsers
 * offer three times as much, twice over for camera and screen, and both sides spend the time
 * between Join and the first picture on reading it.
 */
const wanted: readonly RegExp[] = [
  /^audio\/opus /,
  // Firefox leaves lines of red and ulpfec behind where they are not wanted, which Chromium refuses.
  /^video\/(VP8|rtx|red|ulpfec) /,
  /^video\/VP9 (?!.*profile-id=[123])/,
  // Constrained baseline (RFC 6184 section 8.1): what every hardware encoder has.
  /^video\/H264 (?=.*packetization-mode=1)(?=.*profile-level-id=42e0)/i,
  /^video\/AV1 (?!.*profile=[12])/,
];

/**
 * Leaves the rest out of what `transceiver` offers. Firefox before 128 cannot, and offers everything;
 * so does a browser that has none of it.
 */
export function narrowCodecs(transceiver: RTCRtpTransceiver, kind: "audio" | "video"): void {
  if (!("setCodecPreferences" in transceiver)) return;
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  transceiver.setCodecPreferences(
    codecs.filter(({ mimeType, sdpFmtpLine = "" }) =>
      wanted.some((pattern) => pattern.test(`${mimeType} ${sdpFmtpLine}`)),
    ),
  );
}
