// UTF-8 (RFC 3629): one code point at a time, refusing overlong forms, surrogates and values past
// U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// Length in bytes of the valid sequence that starts at `at`, 0 if there is none.
std::size_t utf8_sequence_length(std::string_view text, std::size_t at);

bool is_valid_utf8(std::string_view text);

// Writes the UTF-8 form of `code_point`, at most four bytes, and returns where it ends.
// Precondition: a Unicode scalar value.
char* put_utf8(char* to, std::uint32_t code_point);

}  // namespace parley
