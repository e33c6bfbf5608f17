// The key of the resume tickets, kept in a file, so that calls survive a restart of the server.
//
// Thread-safety: none; at start only.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "server/signaling/resume_tickets.h"

namespace parley {

// A new key from the operating system's randomness.
ResumeKey draw_resume_key();

// Reads `folder`/resume.key, or makes the folder and the file, readable for this user alone. The
// error is a sentence.
Result<ResumeKey, std::string> keep_resume_key(const std::filesystem::path& folder);

}  // namespace parley
