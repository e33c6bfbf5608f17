// The laboratory's network: a namespace for the server and for each participant, and one for the
// router of each of a participant's two networks. Between the routers the forwarder carries the
// packets, with delay and loss.
//
//     participant  wlan0 ── veth ── lan  router of the home      wan ── TUN ┐
//                  wwan0 ── veth ── lan  router of the carrier   wan ── TUN ┤ forwarder
//                                                     server    net0 ── TUN ┘

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Forwarder } from "./forwarder.mjs";
import { shell, shellIn } from "./shell.mjs";

// Each way through one link; a path has two of them, so 20 ms and 0.5 % of loss.
const baseConditions = "delay=10 loss=0.25";

// What the world knows the server by, and its own address where that is another.
const server = { address: "10.9.0.1", prefix: "10.9.0.0/24" };
const innerAddress = "172.31.0.5";

// Ana's networks are behind address translation, as a phone's are; Ben's have public addresses, so
// that a path is found without STUN; a scenario may want other routers. The names of the devices are
// those by which browsers tell Wi-Fi from a mobile network. A lower metric is preferred.
const networks = [
  {
    ...{ person: "ana", kind: "wifi", device: "wlan0", metric: 100, router: "translating" },
    ...{ lan: "192.168.1", wan: "10.1.1.1", prefix: "10.1.1.0/24" },
  },
  {
    ...{ person: "ana", kind: "mobile", device: "wwan0", metric: 200, router: "translating" },
    ...{ lan: "192.168.2", wan: "10.1.2.1", prefix: "10.1.2.0/24" },
  },
  {
    ...{ person: "ben", kind: "wifi", device: "wlan0", metric: 100, router: "public" },
    ...{ lan: "10.2.1", wan: "10.2.1.254", prefix: "10.2.1.0/24" },
  },
  {
    ...{ person: "ben", kind: "mobile", device: "wwan0", metric: 200, router: "public" },
    ...{ lan: "10.2.2", wan: "10.2.2.254", prefix: "10.2.2.0/24" },
  },
].map((network) => ({ ...network, name: `${network.person}-${network.kind}` }));

// What a router lets pass and how it translates addresses, in the language of nftables. A chain without
// a rule that fits lets pass.
const leaving = (rule) =>
  `chain leaving { type nat hook postrouting priority srcnat; oifname "wan" ${rule}; };`;
const passing = (rule) => `chain passing { type filter hook forward priority filter; ${rule}; };`;
const routers = {
  public: "",
  // Keeps ports where it can, as most homes' routers do.
  translating: leaving("masquerade"),
  // Another port for each destination, and nothing comes in that was not asked for: no two of these
  // find a direct path.
  symmetric: leaving("masquerade random,fully-random") + passing('iifname "wan" ct state new drop'),
  // Lets out what a firewall takes for https, and nothing else.
  "https-only":
    leaving("masquerade") +
    passing('iifname "lan" tcp dport 443 accept; iifname "wan" ct state established accept; drop'),
};

// As most clouds have it: every port of the outer address is the same port of the inner one.
const oneToOne =
  `chain arriving { type nat hook prerouting priority dstnat; ip daddr ${server.address} dnat to ${innerAddress}; };` +
  `chain leaving { type nat hook postrouting priority srcnat; oifname "net0" snat to ${server.address}; };`;

const people = [...new Set(networks.map(({ person }) => person))];

const namePattern = /^parley-(\d+)-/;

// Namespaces whose laboratory was killed before it could clean up.
async function removeLeftovers() {
  for (const line of (await shell("ip", "netns", "list")).split("\n")) {
    const [namespace] = line.split(" ");
    const pid = namePattern.exec(namespace)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeNamespace(namespace);
  }
}

const filesOf = (namespace) => `/etc/netns/${namespace}`;

async function removeNamespace(namespace) {
  await shell("ip", "netns", "delete", namespace);
  rmSync(filesOf(namespace), { recursive: true, force: true });
}

export class Network {
  #namespaces = [];
  #forwarder;
  #routers;
  #isServerTranslated;

  serverAddress = server.address;
  // A name of the server's: Firefox connects to no TURN server by TLS whose name is an address.
  serverName = "parley.test";

  /**
   * @param routers what a person's routers are, where not the usual: { ana: "https-only" }
   * @param isServerTranslated whether the server has an address that the world does not know
   */
  constructor(routers = {}, isServerTranslated = false) {
    this.#routers = routers;
    this.#isServerTranslated = isServerTranslated;
  }

  /** The server's addresses as --external-ip wants them. */
  get externalAddress() {
    return this.#isServerTranslated ? `${server.address}/${innerAddress}` : server.address;
  }

  // The namespace's name among those of this process.
  namespace(role) {
    return `parley-${process.pid}-${role}`;
  }

  // `seed` chooses which packets are lost. Call remove() also where this fails.
  async build(seed) {
    await removeLeftovers();
    for (const role of ["server", ...people, ...networks.map(({ name }) => name)]) {
      await this.#addNamespace(role);
    }
    this.#forwarder = await Forwarder.start(seed, [
      { name: "server", namespace: this.namespace("server"), device: "net0", ...server },
      ...networks.map(({ name, prefix }) => {
        return { name, namespace: this.namespace(name), device: "wan", prefix };
      }),
    ]);
    await this.#connectServer();
    for (const network of networks) await this.#connect(network);
    await this.reset();
  }

  async #connectServer() {
    const namespace = this.namespace("server");
    const address = this.#isServerTranslated ? `${innerAddress}/32` : `${server.address}/24`;
    await this.#ip(namespace, `address add ${address} dev net0`);
    await this.#ip(namespace, "link set net0 up");
    await this.#ip(namespace, "route add default dev net0");
    if (this.#isServerTranslated) await shellIn(namespace, "nft", `table ip cloud { ${oneToOne} }`);
  }

  async #addNamespace(role) {
    const namespace = this.namespace(role);
    await shell("ip", "netns", "add", namespace);
    this.#namespaces.push(namespace);
    // What "ip netns exec" shows in /etc. Without a name server, other names fail at once.
    mkdirSync(filesOf(namespace), { recursive: true });
    const hosts = `127.0.0.1 localhost\n${server.address} ${this.serverName}\n`;
    writeFileSync(`${filesOf(namespace)}/hosts`, hosts);
    writeFileSync(`${filesOf(namespace)}/resolv.conf`, "");
    await this.#ip(namespace, "link set lo up");
    // The forwarder knows IPv4 only, and link-local addresses would be candidates that lead nowhere.
    await shellIn(
      namespace,
      "sh",
      "-c",
      "for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do [ ! -e $f ] || echo 1 >$f; done",
    );
  }

  async #connect({ name, person, device, lan, wan, metric, ...usual }) {
    const router = this.namespace(name);
    const host = this.namespace(person);
    await this.#ip(router, `link add lan type veth peer name ${device} netns ${host}`);
    await this.#ip(router, `address add ${lan}.1/24 dev lan`);
    await this.#ip(router, `address add ${wan}/32 dev wan`);
    for (const each of ["lan", "wan"]) await this.#ip(router, `link set ${each} up`);
    await this.#ip(router, "route add default dev wan");
    await shellIn(router, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
    const rules = routers[this.#routers[person] ?? usual.router];
    if (rules !== "") await shellIn(router, "nft", `table ip home { ${rules} }`);
    // What is sent from an address leaves by its own network, whichever is preferred for the rest.
    await this.#ip(host, `rule add from ${lan}.2 lookup ${metric}`);
  }

  // Whole again, as at the beginning.
  async reset() {
    for (const network of networks) {
      await this.plugIn(network.person, network.kind);
      for (const other of networks) {
        await this.#forwarder.command(`unblock ${network.name} ${other.name}`);
      }
    }
    for (const name of ["server", ...networks.map((network) => network.name)]) {
      await this.#forwarder.command(`link ${name} both ${baseConditions} open=yes`);
    }
  }

  // --- What happens to a participant's network ---

  // Device and address go, which the system tells everybody who asks.
  async unplug(person, kind) {
    const { device } = find(person, kind);
    const namespace = this.namespace(person);
    await this.#ip(namespace, `link set ${device} down`);
    await this.#ip(namespace, `address flush dev ${device}`);
  }

  async plugIn(person, kind) {
    const { device, lan, metric } = find(person, kind);
    const namespace = this.namespace(person);
    await this.#ip(namespace, `address replace ${lan}.2/24 dev ${device}`);
    await this.#ip(namespace, `link set ${device} up`);
    const route = `default via ${lan}.1 dev ${device}`;
    await this.#ip(namespace, `route replace ${route} metric ${metric}`);
    await this.#ip(namespace, `route replace ${route} table ${metric}`);
  }

  // Packets stop both ways, and nobody says so.
  silence(person, kind) {
    return this.#forwarder.command(`link ${person}-${kind} both open=no`);
  }

  restore(person, kind) {
    return this.#forwarder.command(`link ${person}-${kind} both open=yes`);
  }

  // The system prefers this network no longer for what is not bound to it; device and address stay.
  avoid(person, kind) {
    const { device, lan, metric } = find(person, kind);
    const route = `default via ${lan}.1 dev ${device} metric ${metric}`;
    return this.#ip(this.namespace(person), `route delete ${route}`);
  }

  // Nothing gets from this network to any of the other person's; the way back stays open.
  async blockOneWay(person, kind, other) {
    for (const { name } of networks.filter((network) => network.person === other)) {
      await this.#forwarder.command(`block ${person}-${kind} ${name}`);
    }
  }

  // Nothing gets from one person's networks to the other's; both reach the server.
  async part(one, other) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      for (const { kind } of networks.filter(({ person }) => person === from)) {
        await this.blockOneWay(from, kind, to);
      }
    }
  }

  counters() {
    return this.#forwarder.counters();
  }

  async remove() {
    await this.#forwarder?.stop();
    // The devices in a namespace go with it.
    for (const namespace of this.#namespaces.splice(0)) await removeNamespace(namespace);
  }

  #ip(namespace, command) {
    return shell("ip", "-netns", namespace, ...command.split(" "));
  }
}

function find(person, kind) {
  const found = networks.find((network) => network.person === person && network.kind === kind);
  if (found === undefined) throw new Error(`${person} has no network ${kind}`);
  return found;
}
