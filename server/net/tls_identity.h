// The certificate that the server shows, kept up to date while it runs: connections keep the one
// they began with, new ones get the newest that is good.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "core/base/result.h"
#include "server/net/certificate_source.h"
#include "server/net/ticket_keys.h"
#include "server/net/tls_context.h"

namespace parley {

class TlsIdentity {
 public:
  // Loads from `source`, and looks from then on each `check_each` whether it has changed: in a
  // thread of its own, because a disk may be slow. The error is a sentence.
  static Result<std::unique_ptr<TlsIdentity>, std::string> make(
      std::unique_ptr<CertificateSource> source, std::chrono::milliseconds check_each);

  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  // Never null. Any thread.
  std::shared_ptr<const TlsContext> current() const;

  // Loads anew, also where nothing seems to have changed. Returns at once. Any thread.
  void reload();

 private:
  enum class Request : std::uint8_t { None, Reload };

  TlsIdentity(std::unique_ptr<CertificateSource> source, std::chrono::milliseconds check_each);

  // The error is a sentence, nothing if all went well.
  std::string load();
  void watch(const std::stop_token& stop);

  const std::unique_ptr<CertificateSource> source_;  // the watching thread's, once there is one
  std::string loaded_version_;                       // likewise
  const std::chrono::milliseconds check_each_;
  TicketKeys tickets_;  // the same for all certificates: a new one makes nobody a stranger
  mutable std::mutex mutex_;
  std::condition_variable_any asked_;
  Request request_ = Request::None;
  std::shared_ptr<const TlsContext> current_;
  std::jthread watching_;  // last, so that it ends before what it uses
};

}  // namespace parley
