#include "server/http/asset_store.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>

#include "core/base/fields.h"
#include "core/base/hexadecimal.h"
#include "server/http/mime_types.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

// Without these the server has nothing to show; the widget's files are checked where it is built.
constexpr std::array<std::string_view, 2> required_files{"/index.html", "/call.html"};

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (!file) return std::nullopt;
  return content;
}

// 128 of SHA-256's 256 bits, in hexadecimal: no two versions of a file ever share them.
std::string fingerprint(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_Digest(content.data(), content.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return hexadecimal(std::span(digest).first<16>());
}

// esbuild's "[name]-[hash]": eight characters of A-Z and 2-7 before the ending.
bool has_content_hash(std::string_view path) {
  constexpr std::size_t hash_length = 8;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view tail = name.substr(dash + 1);
  return tail.size() > hash_length && tail[hash_length] == '.' &&
         std::ranges::all_of(tail.substr(0, hash_length), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
         });
}

bool is_within(const fs::path& root, const fs::path& path) {
  const auto [end_of_root, unused] = std::ranges::mismatch(root, path);
  return end_of_root == root.end();
}

Representation represent(ContentCoding coding, const std::string& hash, std::string content) {
  const std::string suffix =
      coding == ContentCoding::Identity ? "" : "-" + std::string(name_of(coding));
  return {coding, '"' + hash + suffix + '"',
          std::make_shared<const std::string>(std::move(content))};
}

std::optional<Asset> load_asset(const fs::path& file, std::string_view path) {
  auto content = read_file(file);
  if (!content) return std::nullopt;
  Asset asset;
  asset.mime_type = mime_type_of(path);
  asset.freshness = has_content_hash(path) ? Freshness::Immutable : Freshness::Revalidated;
  const std::string hash = fingerprint(*content);
  for (const auto& [ending, coding] :
       {std::pair(".br", ContentCoding::Brotli), std::pair(".gz", ContentCoding::Gzip)}) {
    const fs::path sibling = file.string() + ending;
    std::error_code ignored;
    if (!fs::is_regular_file(sibling, ignored)) continue;
    if (auto packed = read_file(sibling)) {
      asset.representations.push_back(represent(coding, hash, std::move(*packed)));
    }
  }
  asset.representations.push_back(represent(ContentCoding::Identity, hash, std::move(*content)));
  return asset;
}

}  // namespace

const Representation* Asset::choose(std::optional<std::string_view> accept_encoding) const {
  std::vector<ContentCoding> available;
  for (const auto& each : representations) available.push_back(each.coding);
  const auto coding = choose_coding(accept_encoding, available);
  if (!coding) return nullptr;
  return &*std::ranges::find(representations, *coding, &Representation::coding);
}

Result<AssetStore, std::string> AssetStore::load(const fs::path& root) {
  std::error_code error;
  const fs::path real_root = fs::canonical(root, error);
  if (error || !fs::is_directory(real_root, error)) {
    return "The web folder " + root.string() +
           " does not exist; name the right one with --web-root.";
  }
  AssetStore store;
  for (fs::recursive_directory_iterator at(real_root, error), end; at != end; at.increment(error)) {
    if (error) return "The web folder " + root.string() + " cannot be read: " + error.message();
    const fs::path& file = at->path();
    if (!at->is_regular_file(error) || file.extension() == ".br" || file.extension() == ".gz") {
      continue;
    }
    const fs::path target = fs::canonical(file, error);
    if (error || !is_within(real_root, target)) continue;
    const std::string path = "/" + file.lexically_relative(real_root).generic_string();
    auto asset = load_asset(file, path);
    if (!asset) return "The file " + file.string() + " cannot be read.";
    store.assets_.emplace(path, std::move(*asset));
  }
  for (const std::string_view required : required_files) {
    if (!store.find(required)) {
      return "The web folder " + root.string() + " holds no " + std::string(required.substr(1)) +
             "; name the built one with --web-root.";
    }
  }
  return store;
}

const Asset* AssetStore::find(std::string_view path) const {
  const auto found = assets_.find(path);
  return found == assets_.end() ? nullptr : &found->second;
}

}  // namespace parley
