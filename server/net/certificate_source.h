// Where the server's certificate comes from.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "server/net/certificate.h"
#include "server/server_options.h"

namespace parley {

// Thread-safety: none.
class CertificateSource {
 public:
  virtual ~CertificateSource() = default;

  // The certificate as it is now. The error is a sentence.
  virtual Result<Certificate, std::string> load() = 0;

  // A text that differs from an earlier one where load() may yield something else than then.
  virtual std::string version() = 0;
};

// By `options`, which ask for TLS; `state_dir` as in ServerOptions.
std::unique_ptr<CertificateSource> certificate_source(const TlsOptions& options,
                                                      const std::filesystem::path& state_dir);

}  // namespace parley
