/**
 * Nothing is heard of it: no loudspeaker need be served (Web Audio API section 1.2.6; newer than
 * TypeScript's list), and the processor may rest for longer between blocks of samples.
 */
const silent: AudioContextOptions & { sinkId: { type: "none" } } = {
  latencyHint: "playback",
  sinkId: { type: "none" },
};

/** Measures how loud a stream of one's own is; the browser tells that of received streams only. */
export class LevelMeter {
  #context: AudioContext | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #analyser: AnalyserNode | undefined;
  #track: MediaStreamTrack | undefined;
  // 512 samples: 10 ms at 48 kHz, one measurement's worth of a voice.
  readonly #samples = new Float32Array(512);

  /** Loudness now (root mean square, 0 to 1) of the stream's microphone, 0 without one. */
  level(stream: MediaStream): number {
    const [track] = stream.getAudioTracks();
    if (track !== this.#track) this.#listenTo(track);
    if (!this.#analyser || !track?.enabled) return 0;
    // Without a click on the page the context may have begun suspended.
    if (this.#context?.state === "suspended") void this.#context.resume().catch(() => {});
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0);
    return Math.sqrt(power / this.#samples.length);
  }

  close(): void {
    this.#source?.disconnect();
    void this.#context?.close().catch(() => {});
    this.#context = this.#source = this.#analyser = this.#track = undefined;
  }

  #listenTo(track: MediaStreamTrack | undefined): void {
    this.#source?.disconnect();
    this.#source = undefined;
    this.#track = track;
    if (!track) return;
    this.#context ??= new AudioContext(silent);
    this.#analyser ??= new AnalyserNode(this.#context, { fftSize: this.#samples.length });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }
}
