#include "server/http/asset_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

AssetStore load(const fs::path& root) {
  auto store = AssetStore::load(root);
  EXPECT_TRUE(store) << store.error();
  return std::move(*store);
}

TEST(AssetStore, HoldsFilesWithTheirPackedForms) {
  const WebFolder web;
  const AssetStore store = load(web.path());
  const Asset* script = store.find("/parley.js");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(*script->choose("br")->content, "packed by brotli");
  EXPECT_EQ(*script->choose("gzip")->content, "packed by gzip");
  EXPECT_EQ(*script->choose(std::nullopt)->content, "export const plain = 1;");
  EXPECT_EQ(store.find("/parley.js.br"), nullptr);
}

TEST(AssetStore, GivesEachFormAStrongTagOfItsOwn) {
  const WebFolder web;
  const AssetStore store = load(web.path());
  const Asset* script = store.find("/parley.js");
  const std::string plain = script->choose(std::nullopt)->etag;
  EXPECT_TRUE(plain.starts_with('"') && plain.ends_with('"'));
  EXPECT_NE(plain, script->choose("br")->etag);
  EXPECT_NE(script->choose("gzip")->etag, script->choose("br")->etag);
}

TEST(AssetStore, TagChangesWithTheContent) {
  const WebFolder first;
  const WebFolder second;
  std::ofstream(second.path() / "parley.js") << "export const plain = 2;";
  EXPECT_EQ(load(first.path()).find("/index.html")->choose("")->etag,
            load(second.path()).find("/index.html")->choose("")->etag);
  EXPECT_NE(load(first.path()).find("/parley.js")->choose("")->etag,
            load(second.path()).find("/parley.js")->choose("")->etag);
}

TEST(AssetStore, KnowsNamesWithAContentHash) {
  const WebFolder web;
  const AssetStore store = load(web.path());
  EXPECT_EQ(store.find("/locale/de-7XKQ2ABC.js")->freshness, Freshness::Immutable);
  EXPECT_EQ(store.find("/parley.js")->freshness, Freshness::Revalidated);
}

TEST(AssetStore, FollowsNoLinkOutOfTheFolder) {
  const WebFolder web;
  fs::create_symlink(web.path() / "../secret.txt", web.path() / "link.txt");
  fs::create_symlink(web.path() / "index.html", web.path() / "inside.html");
  const AssetStore store = load(web.path());
  EXPECT_EQ(store.find("/link.txt"), nullptr);
  EXPECT_NE(store.find("/inside.html"), nullptr);
}

TEST(AssetStore, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  const auto nowhere = AssetStore::load(folder.path() / "nowhere");
  ASSERT_FALSE(nowhere);
  EXPECT_NE(nowhere.error().find("--web-root"), std::string::npos);
  folder.write("index.html", "");
  const auto half = AssetStore::load(folder.path());
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().find("call.html"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
