#include "server/http/mime_types.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(MimeTypes, LetBrowsersCompileAndImport) {
  EXPECT_EQ(mime_type_of("/parley.wasm"), "application/wasm");
  EXPECT_EQ(mime_type_of("/parley.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(mime_type_of("/a.mjs"), "text/javascript; charset=utf-8");
  EXPECT_EQ(mime_type_of("/parley.webmanifest"), "application/manifest+json");
}

TEST(MimeTypes, OfUnknownNamesRunNowhere) {
  EXPECT_EQ(mime_type_of("/LICENSE"), "application/octet-stream");
  EXPECT_EQ(mime_type_of("/a.js.exe"), "application/octet-stream");
}

}  // namespace
}  // namespace parley
