// Certificates for tests.
#pragma once

#include <filesystem>
#include <string>

#include "server/net/certificate.h"
#include "tests/server/support/temporary_folder.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {

// For localhost, in PEM form with its key, vouched for by an authority that is nowhere else; valid
// around `now`.
PemFile issued_certificate(Certificate::Clock::time_point now = Certificate::Clock::now());

// Two files as an operator gives them to the server.
class CertificateFiles {
 public:
  CertificateFiles() { replace(); }

  // Puts a new certificate and its key in the files' place, as certbot does: by renaming, one after
  // the other. Returns its fingerprint as TcpClient::certificate_fingerprint() yields it.
  std::string replace();

  // Puts `text` in the place of the certificate alone.
  void replace_chain(const std::string& text) { put(chain(), text); }

  std::filesystem::path chain() const { return folder_.path() / "fullchain.pem"; }
  std::filesystem::path key() const { return folder_.path() / "privkey.pem"; }
  TlsOptions options() const { return {chain(), key(), false}; }

 private:
  void put(const std::filesystem::path& path, const std::string& text);

  TemporaryFolder folder_;
};

// test_options() with TLS by `files`; they are looked at each few milliseconds.
ServerOptions tls_options(const CertificateFiles& files);

}  // namespace parley::testing
