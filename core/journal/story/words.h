// How times, lists and the enumerations of a call read in a sentence.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/call/types.h"

namespace parley::story {

// "mm:ss", from an hour on "h:mm:ss".
std::string clock(Duration since_zero);

// "40 ms", "1.3 s", "12 s", "3 min 5 s".
std::string span(Duration duration);

// "1 candidate", "5 candidates".
std::string count(std::size_t number, std::string_view noun);

// "Ana", "Ana and Ben", "Ana, Ben and Cleo".
std::string list(const std::vector<std::string>& items);

// The same with a capital letter at the beginning.
std::string sentence_case(std::string text);

// "the microphone" without its article.
std::string_view device(Medium medium);

// Why a device could not be had, as the end of "The camera could not be had: …".
std::string_view reason(MediaProblem problem);

// What went wrong, as the end of "The call failed: …".
std::string_view reason(Problem problem);

// A whole sentence.
std::string_view sentence(HintCause cause);

}  // namespace parley::story
