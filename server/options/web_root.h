// Where the web pages are when nobody says.
#pragma once

#include <filesystem>
#include <vector>

namespace parley {

// The places that are looked at, best first, relative to the folder `program` is in.
std::vector<std::filesystem::path> web_root_candidates(const std::filesystem::path& program);

// The first candidate that holds an index.html, or the first one when none does (so that the error
// about it names a place).
std::filesystem::path default_web_root(const std::filesystem::path& program);

// That of the program that runs.
std::filesystem::path default_web_root();

}  // namespace parley
