// A model of RTCPeerConnection that obeys the state rules of JSEP (RFC 8829 section 4.1.1) and
// refuses what a browser refuses. Descriptions are short texts that say what matters: which peer
// connection made them, their ICE generation, and how many sections they have.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/call/output.h"

namespace parley::simulation {

// What a modelled description says.
struct Description {
  std::string connection;  // the peer connection that made it; stands for its DTLS fingerprint
  std::string generation;  // ice-ufrag
  std::uint32_t sections = 0;

  bool operator==(const Description&) const = default;
  std::string sdp() const;
  static Description parse(std::string_view sdp);
  static constexpr auto fields() {
    return std::tuple(field("connection", &Description::connection),
                      field("generation", &Description::generation),
                      field("sections", &Description::sections));
  }
};

class FakePeerConnection {
 public:
  enum class Signaling : std::uint8_t { Stable, HaveLocalOffer, HaveRemoteOffer, Closed };
  friend constexpr auto names_of(Signaling) {
    return std::array<std::string_view, 4>{"stable", "have-local-offer", "have-remote-offer",
                                           "closed"};
  }

  FakePeerConnection() = default;
  FakePeerConnection(std::string id, LinkRole role, const IceServers& servers);

  // Each returns an error text, empty when done. After SetLocal, local_sdp() is the outcome.
  std::string set_local(DescriptionKind kind);
  std::string set_remote(DescriptionKind kind, std::string_view sdp);
  std::string add_candidate(const Candidate& candidate);
  void restart_ice() { wants_new_generation_ = true; }
  // setConfiguration; counts from the next generation on.
  void configure(const IceServers& servers, Transport transport);
  void close() { signaling_ = Signaling::Closed; }

  std::string local_sdp() const;
  const std::string& id() const { return id_; }
  bool is_closed() const { return signaling_ == Signaling::Closed; }
  bool is_stable() const { return signaling_ == Signaling::Stable; }

  // The types of the candidates that are gathered for the present generation, once for each. There
  // is a relayed one where the TURN server takes the credentials at this moment.
  std::optional<std::vector<std::string>> take_gathering(Timestamp now);
  bool has_good_credentials(Timestamp now) const { return !relay_until_ || now < *relay_until_; }
  const std::string& local_generation() const { return local_generation_; }

  // Both ends took each other's descriptions of the same generations, and at least one end has a
  // candidate of the other.
  static bool can_connect(const FakePeerConnection& one, const FakePeerConnection& other);

  // The peer connection whose description was taken; empty before.
  std::string other_id() const { return stable_remote_ ? stable_remote_->connection : ""; }

  // What the page tells of the packets that arrive, once it watches them.
  enum class Reception : std::uint8_t { Unwatched, Heard, Silent };
  friend constexpr auto names_of(Reception) {
    return std::array<std::string_view, 3>{"unwatched", "heard", "silent"};
  }
  Reception reception() const { return reception_; }
  void set_reception(Reception reception) { reception_ = reception; }

  PathState path() const { return path_; }
  void set_path(PathState path) { path_ = path; }
  // The pair of ICE generations that is connected or was found broken.
  std::string generations() const;
  std::string generations_at_other_end() const;

  static constexpr auto fields() {
    using Self = FakePeerConnection;
    return std::tuple(
        field("id", &Self::id_), field("role", &Self::role_), field("signaling", &Self::signaling_),
        field("localGeneration", &Self::local_generation_),
        field("stableGeneration", &Self::stable_generation_), field("gathered", &Self::gathered_),
        field("remote", &Self::remote_), field("stableRemote", &Self::stable_remote_),
        field("wantsNewGeneration", &Self::wants_new_generation_),
        field("wasStable", &Self::was_stable_), field("candidatesOf", &Self::candidates_of_),
        field("relayUntil", &Self::relay_until_), field("transport", &Self::transport_),
        field("path", &Self::path_), field("reception", &Self::reception_),
        field("generationCount", &Self::generation_count_));
  }

 private:
  void settle();

  std::string id_;
  LinkRole role_ = LinkRole::Offering;
  Signaling signaling_ = Signaling::Stable;
  std::string local_generation_;   // of the local description, pending or current
  std::string stable_generation_;  // to which a rollback returns
  std::string gathered_;           // the generation whose candidates were given
  std::optional<Description> remote_;
  std::optional<Description> stable_remote_;
  bool wants_new_generation_ = true;
  bool was_stable_ = false;                 // an offer and its answer were set
  std::vector<std::string> candidates_of_;  // remote generations with a candidate
  std::optional<Timestamp> relay_until_;    // by the credentials; nothing: there is no relay
  Transport transport_ = Transport::All;
  PathState path_ = PathState::New;
  Reception reception_ = Reception::Unwatched;
  std::uint32_t generation_count_ = 0;
};

}  // namespace parley::simulation
