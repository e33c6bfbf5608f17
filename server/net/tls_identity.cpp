#include "server/net/tls_identity.h"

#include <utility>

#include "server/logging/log.h"

namespace parley {

TlsIdentity::TlsIdentity(std::unique_ptr<CertificateSource> source,
                         std::chrono::milliseconds check_each)
    : source_(std::move(source)), check_each_(check_each), tickets_(TicketKeys::Clock::now()) {}

TlsIdentity::~TlsIdentity() = default;

Result<std::unique_ptr<TlsIdentity>, std::string> TlsIdentity::make(
    std::unique_ptr<CertificateSource> source, std::chrono::milliseconds check_each) {
  std::unique_ptr<TlsIdentity> identity(new TlsIdentity(std::move(source), check_each));
  if (std::string problem = identity->load(); !problem.empty()) return problem;
  identity->watching_ =
      std::jthread([self = identity.get()](const std::stop_token& stop) { self->watch(stop); });
  return identity;
}

std::shared_ptr<const TlsContext> TlsIdentity::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void TlsIdentity::reload() {
  {
    const std::lock_guard lock(mutex_);
    request_ = Request::Reload;
  }
  asked_.notify_one();
}

std::string TlsIdentity::load() {
  loaded_version_ = source_->version();
  auto certificate = source_->load();
  if (!certificate) return certificate.error();
  auto made = TlsContext::make(std::move(*certificate), tickets_);
  if (!made) return made.error();
  auto context = std::make_shared<const TlsContext>(std::move(*made));
  const std::string warning = validity_warning(context->certificate(), Certificate::Clock::now());
  if (!warning.empty()) log::warn("certificate-validity", "{}", warning);
  const std::lock_guard lock(mutex_);
  current_ = std::move(context);
  return {};
}

void TlsIdentity::watch(const std::stop_token& stop) {
  std::string before = loaded_version_;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    asked_.wait_for(lock, stop, check_each_, [this] { return request_ != Request::None; });
    if (stop.stop_requested()) return;
    const Request request = std::exchange(request_, Request::None);
    lock.unlock();
    const std::string now = source_->version();
    // Certificate and key are two files, and are replaced one after the other: what has changed is
    // taken when it has stayed the same for a moment.
    const bool has_settled = now != loaded_version_ && now == before;
    before = now;
    if (request == Request::Reload || has_settled) {
      const std::string shown = current()->certificate().fingerprint();
      if (const std::string problem = load(); !problem.empty()) {
        log::error("certificate-refused", "{} The certificate so far stays in use.", problem);
      } else if (const std::string loaded = current()->certificate().fingerprint();
                 request == Request::Reload || loaded != shown) {
        log::info("certificate-replaced",
                  "New connections get the certificate with the SHA-256 fingerprint {}.", loaded);
      }
    }
    lock.lock();
  }
}

}  // namespace parley
