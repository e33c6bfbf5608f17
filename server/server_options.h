// What the operator may choose, and the time-outs that tests shorten.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/net/network.h"
#include "core/net/turn/relays.h"
#include "core/signaling/limits.h"
#include "server/admission/access_token.h"
#include "server/admission/admin_key.h"
#include "server/limits/policy.h"
#include "server/webhooks/webhook_options.h"

namespace parley {

struct Timeouts {
  // From the accepted connection to the knowledge of what it speaks, TLS's handshake included. In
  // all, not per byte.
  std::chrono::milliseconds first_bytes = std::chrono::seconds(10);

  // From the moment a connection may send a request to the end of that request's body. In all, not
  // per byte: a client that trickles its headers holds a connection no longer than a silent one.
  std::chrono::milliseconds request = std::chrono::seconds(10);

  // How long a connection for TURN may be without an allocation.
  std::chrono::milliseconds turn_stream_idle = std::chrono::seconds(20);

  // From the open WebSocket to the first hello.
  std::chrono::milliseconds hello =
      std::chrono::milliseconds(limits::hello_within.count_milliseconds());

  // Silence after which a WebSocket is taken for dead; a ping goes out after half of it.
  std::chrono::milliseconds idle = std::chrono::seconds(15);

  // How long a peer may take to read what is queued and answer the close frame.
  std::chrono::milliseconds closing = std::chrono::seconds(3);

  // How long a shutdown waits for connections to end in good order.
  std::chrono::milliseconds drain = std::chrono::seconds(3);

  // Pause after a failed accept. Out of file descriptors is the usual reason, and accepting again
  // at once would spin on it.
  std::chrono::milliseconds accept_retry = std::chrono::milliseconds(100);

  // How long a webhook may take, from the look-up of the address to the receiver's answer.
  std::chrono::milliseconds webhook = std::chrono::seconds(10);

  // How often the certificate's files are looked at.
  std::chrono::milliseconds certificate_check = std::chrono::seconds(2);
};

// Where the certificate comes from. Neither files nor self_signed: no TLS.
struct TlsOptions {
  std::filesystem::path certificate;  // PEM, with its issuers' after it
  std::filesystem::path key;          // PEM; given exactly when `certificate` is
  bool self_signed = false;           // made by the server, kept in ServerOptions::state_dir

  bool is_on() const { return self_signed || !certificate.empty(); }
};

// What the TURN servers and this one both know, and nobody else.
struct TurnSecret {
  std::string bytes;
};

struct TurnOptions {
  std::vector<std::string> servers;  // their addresses; empty: there is none
  TurnSecret secret;                 // of all of them
  // How long a participant's credentials are good for. Who takes them along out of a call can use
  // the relay for as long; who is away from the server for longer has none.
  std::chrono::seconds ttl = std::chrono::hours(6);
};

enum class OwnTurn : std::uint8_t { On, Off };

// This server's own TURN service.
struct RelayOptions {
  OwnTurn turn = OwnTurn::On;
  // Addresses that the world knows this machine by. Empty: the ones that it listens at.
  std::vector<turn::RelayAddress> external;
  turn::PortRange ports;
  // Networks whose addresses may be peers though they are no public ones.
  std::vector<IpNetwork> allowed_peers;
  std::size_t allocations = 10'000;
  // A participant of a mesh of four has three connections, each with an allocation for every
  // network of the device and every transport (UDP, TCP, TLS), and twice as many while it changes
  // its network: 72 with four networks, as a laptop with a VPN and both families has.
  std::size_t allocations_per_user = 128;
  // Of an allocation, each way; 0: no cap. Several times what a browser sends of camera and screen.
  std::uint64_t bits_per_second = 50'000'000;
};

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::filesystem::path web_root;
  // For what outlives a restart (the key of the resume tickets, a self-signed certificate). Empty:
  // nothing does.
  std::filesystem::path state_dir;
  TlsOptions tls;
  unsigned threads = 1;
  std::uint32_t room_participants = limits::default_participants;
  std::size_t max_connections = 20'000;  // open WebSockets
  std::vector<std::string> stun_servers;
  TurnOptions turn;
  RelayOptions relay;
  // What the tokens are signed with, without which nobody comes in. None: everybody may come.
  std::optional<TokenKey> token_key;
  // What requests to the API show. None: the API is off.
  std::optional<AdminKey> admin_key;
  // Who is told what happens in rooms, at the start; see Server::change_webhook. None: nobody.
  std::optional<WebhookOptions> webhook;
  // http or https address of the server that takes over when this one ends. Empty: clients come
  // back to this one's address.
  std::string drain_to;
  Policy policy;  // at the start; see Server::change
  Timeouts timeouts;
};

}  // namespace parley
