// Certificates that OpenSSL trusts instead of the system's, in what is made while this is there.
#pragma once

#include <cstdlib>
#include <string>

namespace parley::testing {

class TrustedFile {
 public:
  explicit TrustedFile(const std::string& path) { setenv("SSL_CERT_FILE", path.c_str(), 1); }
  ~TrustedFile() { unsetenv("SSL_CERT_FILE"); }
  TrustedFile(const TrustedFile&) = delete;
  TrustedFile& operator=(const TrustedFile&) = delete;
};

}  // namespace parley::testing
