import type { View } from "../core_types.ts";
import { Messages } from "../data/messages.ts";
import type { Payload } from "../data/outbox.ts";
import type { DeviceList } from "../media/devices.ts";
import { LocalMedia } from "../media/local_media.ts";
import { Links } from "./links.ts";
import { Network } from "./network.ts";
import type { Feed, Handlers, OutputOf } from "./outputs.ts";
import { Sockets } from "./sockets.ts";

/** What is shown before the core has said anything. */
export const nobody: View = {
  type: "view",
  state: "idle",
  self: {
    name: "",
    media: { audio: "none", camera: "none", screen: "none" },
    interrupted: [],
    mutedBy: [],
  },
  participants: [],
  queue: [],
};

export interface HostOptions {
  server: URL;
  /** See Sockets. */
  health?: URL;
  /** The application's own camera and microphone. */
  stream?: MediaStream;
}

/** Everything of the browser that one call uses: carries the core's outputs out. */
export class Host {
  readonly media: LocalMedia;
  readonly devices: DeviceList;
  readonly links: Links;
  readonly sockets: Sockets;
  readonly messages: Messages;
  readonly handlers: Handlers;
  readonly #network: Network;
  /** What the core wants shown. */
  view = nobody;
  /** What the core exported last. */
  journal = "";
  readonly #reports: OutputOf<"report">[] = [];
  readonly #deviceNotices: OutputOf<"device-notice">[] = [];
  readonly #notices: OutputOf<"notice">[] = [];

  /**
   * @param feed tells the core what happens
   * @param options where WebSockets go, and the application's own stream
   * @param watchDevices makes the list of devices; calls back at every change
   * @param received a message came over this link's data channels
   */
  constructor(
    feed: Feed,
    { server, health, stream }: HostOptions,
    watchDevices: (changed: () => void) => DeviceList,
    received: (link: number, data: Payload) => void,
  ) {
    this.messages = new Messages(received);
    this.links = new Links(
      feed,
      (medium) => this.media.track(medium),
      (link) => this.messages.add(link),
      (link) => this.messages.remove(link),
    );
    this.devices = watchDevices(() => {
      // An application that brings its own stream cares for its devices itself.
      if (stream) return;
      const [audio, camera] = [this.devices.labels("audio"), this.devices.labels("camera")];
      feed({ type: "devices", audio: audio.slice(0, 16), camera: camera.slice(0, 16) });
    });
    this.media = new LocalMedia(
      feed,
      (medium, track) => this.links.attach(medium, track),
      this.devices,
      stream,
    );
    this.sockets = new Sockets(server, feed, health);
    this.#network = new Network(feed);
    this.handlers = {
      ...this.sockets.handlers,
      ...this.media.handlers,
      ...this.links.handlers,
      view: (view) => void (this.view = view),
      report: (report) => void this.#reports.push(report),
      "device-notice": (notice) => void this.#deviceNotices.push(notice),
      notice: (notice) => void this.#notices.push(notice),
      journal: ({ text }) => void (this.journal = text),
      ignored: () => {}, // the journal has it
    };
  }

  /** What the core reported since this was last called. */
  takeReports(): OutputOf<"report">[] {
    return this.#reports.splice(0);
  }

  /** Which devices changed by themselves since this was last called. */
  takeDeviceNotices(): OutputOf<"device-notice">[] {
    return this.#deviceNotices.splice(0);
  }

  /** What whoever runs the server said since this was last called. */
  takeNotices(): OutputOf<"notice">[] {
    return this.#notices.splice(0);
  }

  /** Gives everything back: devices, connections, sockets. */
  closeAll(): void {
    this.links.closeAll();
    this.media.releaseAll();
    this.sockets.closeAll();
    this.#network.close();
    this.devices.close();
  }
}
