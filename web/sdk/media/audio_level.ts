/**
 * How long a source counts as sounding after its last packet. Beyond what a jitter buffer holds
 * back, below what a person takes for a pause.
 */
const fresh_ms = 500;

/** The loudness a receiver's browser measured last, 0 to 1 (RFC 6464 levels, made linear). */
export function audioLevel(receiver: RTCRtpReceiver | undefined): number {
  const [source] = receiver?.getSynchronizationSources() ?? [];
  // W3C WebRTC section 5.5: timestamps count from the same origin as performance.now().
  const age_ms = performance.timeOrigin + performance.now() - absolute(source?.timestamp ?? 0);
  return age_ms < fresh_ms ? (source?.audioLevel ?? 0) : 0;
}

/** Chromium counts from 1970, the specification and Firefox from performance.timeOrigin. */
const absolute = (timestamp_ms: number): number =>
  timestamp_ms > performance.timeOrigin / 2 ? timestamp_ms : performance.timeOrigin + timestamp_ms;
