// A certificate that the server makes for itself: enough for a camera on a network at home, after
// each browser has been told once to trust it.
//
// Thread-safety: any thread, but one at a time for each folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/net/certificate.h"

namespace parley {

// How long such a certificate is good for. Browsers refuse more than 398 days even of one that is
// trusted by hand (CA/Browser Forum, Baseline Requirements 6.3.2).
constexpr auto self_signed_validity = std::chrono::hours(397 * 24);

// A new one is made so long before the end.
constexpr auto self_signed_renewal = std::chrono::hours(30 * 24);

// Certificate and key (ECDSA P-256) in PEM form for `names`: host names and addresses.
// Precondition: there is a name.
PemFile make_self_signed(const std::vector<std::string>& names, Certificate::Clock::time_point now);

// The one in `folder`/self-signed.pem, or a new one where there is none, where it ends within
// self_signed_renewal, or where it lacks one of `names`. New ones are kept there, readable for this
// user alone. `folder` may be empty: then nothing is kept. The error is a sentence.
Result<Certificate, std::string> keep_self_signed(const std::filesystem::path& folder,
                                                  const std::vector<std::string>& names,
                                                  Certificate::Clock::time_point now);

}  // namespace parley
