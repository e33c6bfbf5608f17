#include "server/net/certificate_source.h"

#include <sys/stat.h>

#include <utility>

#include "server/net/machine_names.h"
#include "server/net/self_signed.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

// Which file it is and when it was last touched: all that a rename, a write, a new link to another
// file and a change of permissions leave traces in.
std::string state_of(const fs::path& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return "none;";
  std::string text;
  for (const auto number :
       {static_cast<long long>(facts.st_dev), static_cast<long long>(facts.st_ino),
        static_cast<long long>(facts.st_size), static_cast<long long>(facts.st_mtim.tv_sec),
        static_cast<long long>(facts.st_mtim.tv_nsec), static_cast<long long>(facts.st_ctim.tv_sec),
        static_cast<long long>(facts.st_ctim.tv_nsec)}) {
    text += std::to_string(number) + ' ';
  }
  return text + ';';
}

class CertificateFiles final : public CertificateSource {
 public:
  CertificateFiles(fs::path chain, fs::path key) : chain_(std::move(chain)), key_(std::move(key)) {}

  Result<Certificate, std::string> load() override { return load_certificate(chain_, key_); }
  std::string version() override { return state_of(chain_) + state_of(key_); }

 private:
  const fs::path chain_;
  const fs::path key_;
};

class SelfSigned final : public CertificateSource {
 public:
  explicit SelfSigned(fs::path folder) : folder_(std::move(folder)) {}

  Result<Certificate, std::string> load() override {
    auto certificate = keep_self_signed(folder_, names_, Certificate::Clock::now());
    if (certificate) renew_at_ = certificate->not_after() - self_signed_renewal;
    return certificate;
  }

  std::string version() override {
    return Certificate::Clock::now() < renew_at_ ? "good" : "to be renewed";
  }

 private:
  const fs::path folder_;
  // As they were at the start: who has told a browser to trust the certificate would have to do so
  // again in the middle of a call.
  const std::vector<std::string> names_ = machine_names();
  Certificate::Clock::time_point renew_at_ = Certificate::Clock::time_point::max();
};

}  // namespace

std::unique_ptr<CertificateSource> certificate_source(const TlsOptions& options,
                                                      const fs::path& state_dir) {
  if (options.self_signed) return std::make_unique<SelfSigned>(state_dir);
  return std::make_unique<CertificateFiles>(options.certificate, options.key);
}

}  // namespace parley
