#include "server/signaling/resume_key.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace parley {
namespace {

namespace fs = std::filesystem;

std::string problem(const fs::path& path, const char* what, int error) {
  return path.string() + " cannot be " + what + ": " + std::strerror(error) + ".";
}

// Writes a new file; false with errno where it exists or cannot be made.
bool write_new(const fs::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  const bool is_written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  close(file);
  if (is_written) return true;
  unlink(path.c_str());
  errno = error;
  return false;
}

}  // namespace

ResumeKey draw_resume_key() {
  std::string key(ResumeKey::size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("the operating system yields no random bytes");
  }
  return {std::move(key)};
}

Result<ResumeKey, std::string> keep_resume_key(const fs::path& folder) {
  const fs::path path = folder / "resume.key";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return problem(folder, "made", error.value());
  ResumeKey fresh = draw_resume_key();
  if (write_new(path, fresh.bytes)) return fresh;
  if (errno != EEXIST) return problem(path, "written", errno);
  std::ifstream file(path, std::ios::binary);
  if (!file) return problem(path, "read", errno);
  std::string key((std::istreambuf_iterator<char>(file)), {});
  if (key.size() != ResumeKey::size) {
    return path.string() + " is not a key of " + std::to_string(ResumeKey::size) +
           " bytes. Delete it; the server makes a new one.";
  }
  return ResumeKey{std::move(key)};
}

}  // namespace parley
