// The files of the web folder, held in memory. They are read once, at start: no request ever names
// a file of the machine, so no request can reach one that was not meant to be served.
//
// Thread-safety: const after loading; any number of threads may read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/http/content_negotiation.h"

namespace parley {

// One content coding of a file.
struct Representation {
  ContentCoding coding = ContentCoding::Identity;
  // Strong (RFC 9110 section 8.8.1): a hash of the file and, because a strong tag stands for exact
  // bytes, the coding. With its quotation marks.
  std::string etag;
  std::shared_ptr<const std::string> content;
};

enum class Freshness : std::uint8_t {
  Revalidated,  // the name stays when the content changes: the client asks each time, and gets a
                // 304
  Immutable,    // the name holds a hash of the content
};

struct Asset {
  std::string_view mime_type;
  Freshness freshness = Freshness::Revalidated;
  std::vector<Representation> representations;  // the identity and whatever was precompressed

  // Nothing when the client accepts none; see choose_coding.
  const Representation* choose(std::optional<std::string_view> accept_encoding) const;
};

class AssetStore {
 public:
  // Reads every file below `root`; "x.br" and "x.gz" become codings of "x". A link that leads out
  // of `root` is not followed. The error is a sentence for the operator.
  static Result<AssetStore, std::string> load(const std::filesystem::path& root);

  // `path` as decode_path yields it; nothing when there is no such file.
  const Asset* find(std::string_view path) const;

  std::size_t size() const { return assets_.size(); }

 private:
  std::map<std::string, Asset, std::less<>> assets_;
};

}  // namespace parley
