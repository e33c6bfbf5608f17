#include "server/server.h"

#include <chrono>
#include <future>
#include <vector>

#include "server/logging/log.h"
#include "server/net/tls_identity.h"
#include "server/net/turn_setup.h"
#include "server/runtime/listener.h"
#include "server/runtime/service.h"
#include "server/runtime/shard.h"
#include "server/signaling/resume_key.h"
#include "server/webhooks/webhook_courier.h"

namespace parley {
namespace {

ResumeKey resume_key(const std::filesystem::path& folder) {
  if (folder.empty()) return draw_resume_key();
  auto kept = keep_resume_key(folder);
  if (kept) return std::move(*kept);
  log::warn("no-resume-key",
            "{} After a restart of the server people will come back under new ids. Choose another "
            "folder with --state-dir.",
            kept.error());
  return draw_resume_key();
}

// TCP and UDP have the same number. Where the system chooses it, it knows of TCP only, and UDP's
// may be taken.
std::optional<std::string> open_ports(Service& service, std::unique_ptr<Listener>& listener) {
  constexpr int attempts = 16;
  for (int attempt = 1;; ++attempt) {
    if (auto problem = listener->open()) return problem;
    const auto problem = set_up_turn(service, listener->port());
    if (!problem) return std::nullopt;
    const bool may_choose = service.options.port == 0 && problem->kind == UdpPortError::InUse;
    if (!may_choose || attempt == attempts) return problem->sentence;
    listener = std::make_unique<Listener>(service);
  }
}

}  // namespace

Result<std::unique_ptr<Server>, std::string> Server::start(ServerOptions options) {
  auto assets = AssetStore::load(options.web_root);
  if (!assets) return assets.error();
  auto key = resume_key(options.state_dir);
  auto service = std::make_unique<Service>(std::move(options), std::move(*assets), std::move(key));
  if (const auto& tls = service->options.tls; tls.is_on()) {
    auto identity = TlsIdentity::make(certificate_source(tls, service->options.state_dir),
                                      service->options.timeouts.certificate_check);
    if (!identity) return identity.error();
    service->tls = std::move(*identity);
  }
  auto listener = std::make_unique<Listener>(*service);
  if (auto problem = open_ports(*service, listener)) return *problem;

  std::unique_ptr<Server> server(new Server(std::move(service)));
  server->listener_ = std::move(listener);
  for (const auto& shard : server->service_->shards) shard->start();
  server->listener_->start();
  return server;
}

Server::Server(std::unique_ptr<Service> service) : service_(std::move(service)) {}

Server::~Server() {
  service_->readiness = Readiness::Stopping;
  listener_->stop().wait();
  std::vector<std::future<void>> dropped;
  for (const auto& shard : service_->shards) dropped.push_back(shard->drop_connections());
  for (const auto& each : dropped) each.wait();
  for (const auto& shard : service_->shards) shard->join();
}

std::uint16_t Server::port() const { return listener_->port(); }

std::string Server::self_signed_fingerprint() const {
  if (!service_->options.tls.self_signed) return {};
  return service_->tls->current()->certificate().fingerprint();
}

void Server::reload_certificate() {
  if (service_->tls) service_->tls->reload();
}

void Server::change(Policy policy) {
  const auto shared = std::make_shared<const Policy>(std::move(policy));
  for (const auto& shard : service_->shards) shard->change(shared);
}

void Server::change_webhook(std::optional<WebhookOptions> receiver) {
  service_->webhooks->change(std::move(receiver));
}

void Server::drain() {
  service_->readiness = Readiness::Draining;
  listener_->stop().wait();
  const auto deadline = std::chrono::steady_clock::now() + service_->options.timeouts.drain;
  std::vector<std::future<void>> drained;
  for (const auto& shard : service_->shards) drained.push_back(shard->drain());
  for (const auto& each : drained) each.wait_until(deadline);
  // Whoever has just gone is told of, too.
  service_->webhooks->when_done().wait_until(deadline);
}

}  // namespace parley
