#include "tests/simulation/fake_peer_connection.h"

#include <algorithm>

namespace parley::simulation {
namespace {

constexpr std::uint32_t sections_of_a_call = 4;  // audio, camera, screen, data

std::string value_of(std::string_view sdp, std::string_view attribute) {
  const auto begin = sdp.find(attribute);
  if (begin == std::string_view::npos) return {};
  const auto rest = sdp.substr(begin + attribute.size());
  return std::string(rest.substr(0, rest.find("\r\n")));
}

}  // namespace

std::string Description::sdp() const {
  return "v=0\r\na=fingerprint:" + connection + "\r\na=ice-ufrag:" + generation +
         "\r\na=sections:" + std::to_string(sections) + "\r\n";
}

Description Description::parse(std::string_view sdp) {
  Description parsed;
  parsed.connection = value_of(sdp, "a=fingerprint:");
  parsed.generation = value_of(sdp, "a=ice-ufrag:");
  parsed.sections = value_of(sdp, "a=sections:") == "4" ? sections_of_a_call : 0;
  return parsed;
}

FakePeerConnection::FakePeerConnection(std::string id, LinkRole role, const IceServers& servers)
    : id_(std::move(id)), role_(role) {
  configure(servers, Transport::All);
}

void FakePeerConnection::configure(const IceServers& servers, Transport transport) {
  transport_ = transport;
  relay_until_.reset();
  for (const auto& server : servers) {
    if (!server.username) continue;
    relay_until_ = Timestamp() + Duration::seconds(std::stoll(server.username->value()));
  }
}

std::string FakePeerConnection::set_local(DescriptionKind kind) {
  if (kind == DescriptionKind::Offer) {
    if (signaling_ != Signaling::Stable && signaling_ != Signaling::HaveLocalOffer) {
      return "InvalidStateError: local offer in the wrong state";
    }
    if (role_ == LinkRole::Answering && !was_stable_) {
      return "an answering connection has no transceivers to offer";
    }
    if (wants_new_generation_) {
      local_generation_ = id_ + "g" + std::to_string(++generation_count_);
    }
    signaling_ = Signaling::HaveLocalOffer;
    return {};
  }
  if (kind == DescriptionKind::Answer) {
    if (signaling_ != Signaling::HaveRemoteOffer) {
      return "InvalidStateError: local answer in the wrong state";
    }
    // RFC 8839 section 4.4.1.1.1: a remote restart is answered by a restart.
    const bool is_remote_restart =
        !stable_remote_ || stable_remote_->generation != remote_->generation;
    if (is_remote_restart || wants_new_generation_) {
      local_generation_ = id_ + "g" + std::to_string(++generation_count_);
    }
    settle();
    return {};
  }
  if (signaling_ != Signaling::HaveLocalOffer) return "InvalidStateError: nothing to roll back";
  signaling_ = Signaling::Stable;
  local_generation_ = stable_generation_;
  return {};
}

std::string FakePeerConnection::set_remote(DescriptionKind kind, std::string_view sdp) {
  const auto description = Description::parse(sdp);
  if (description.sections != sections_of_a_call) return "InvalidAccessError: wrong sections";
  if (kind == DescriptionKind::Offer) {
    if (signaling_ == Signaling::Closed) return "InvalidStateError: closed";
    if (role_ == LinkRole::Offering && !was_stable_) {
      return "transceivers of an offering connection do not match a remote offer";
    }
    if (stable_remote_ && stable_remote_->connection != description.connection) {
      return "a description of another peer connection";
    }
    if (signaling_ == Signaling::HaveLocalOffer) local_generation_ = stable_generation_;
    signaling_ = Signaling::HaveRemoteOffer;
    remote_ = description;
    return {};
  }
  if (signaling_ != Signaling::HaveLocalOffer) {
    return "InvalidStateError: remote answer in the wrong state";
  }
  if (stable_remote_ && stable_remote_->connection != description.connection) {
    return "an answer of another peer connection";
  }
  remote_ = description;
  settle();
  return {};
}

void FakePeerConnection::settle() {
  signaling_ = Signaling::Stable;
  if (local_generation_ != stable_generation_) wants_new_generation_ = false;
  stable_generation_ = local_generation_;
  stable_remote_ = remote_;
  was_stable_ = true;
}

std::string FakePeerConnection::add_candidate(const Candidate& candidate) {
  if (signaling_ == Signaling::Closed) return "InvalidStateError: closed";
  if (!remote_) return "InvalidStateError: no remote description";
  const auto generation =
      candidate.username_fragment ? candidate.username_fragment->value() : remote_->generation;
  if (generation != remote_->generation) return "OperationError: unknown ufrag";
  if (!candidate.candidate.empty()) candidates_of_.push_back(generation);
  return {};
}

std::string FakePeerConnection::local_sdp() const {
  return Description{id_, local_generation_, sections_of_a_call}.sdp();
}

std::optional<std::vector<std::string>> FakePeerConnection::take_gathering(Timestamp now) {
  if (local_generation_.empty() || gathered_ == local_generation_) return std::nullopt;
  gathered_ = local_generation_;
  std::vector<std::string> types;
  if (transport_ == Transport::All) types.emplace_back("host");
  if (relay_until_ && now < *relay_until_) types.emplace_back("relay");
  return types;
}

std::string FakePeerConnection::generations() const {
  return local_generation_ + "/" + (remote_ ? remote_->generation : std::string());
}

std::string FakePeerConnection::generations_at_other_end() const {
  return (remote_ ? remote_->generation : std::string()) + "/" + local_generation_;
}

bool FakePeerConnection::can_connect(const FakePeerConnection& one,
                                     const FakePeerConnection& other) {
  const auto knows = [](const FakePeerConnection& here, const FakePeerConnection& there) {
    return here.stable_remote_ && here.stable_remote_->connection == there.id_ &&
           here.stable_remote_->generation == there.local_generation_;
  };
  const auto has_candidate = [](const FakePeerConnection& here, const FakePeerConnection& there) {
    const auto& list = here.candidates_of_;
    return std::find(list.begin(), list.end(), there.local_generation_) != list.end();
  };
  return one.is_stable() && other.is_stable() && knows(one, other) && knows(other, one) &&
         (has_candidate(one, other) || has_candidate(other, one));
}

}  // namespace parley::simulation
