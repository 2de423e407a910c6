#include "adapters/folder_lock.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.h"

namespace adapters {

using base::Result;
using std::filesystem::path;

namespace {

// Only for the message: the lock itself is the operating system's, not the number in the file.
std::string holder_of(int number) {
  std::array<char, 20> bytes{};
  const ssize_t count = ::pread(number, bytes.data(), bytes.size(), 0);
  const std::string_view text(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  const auto process = base::parse_unsigned(base::trimmed(text));
  return process ? std::to_string(*process) : "unknown";
}

}  // namespace

Result<FolderLock> FolderLock::take(const path& folder) {
  TRY(make_folder(folder));
  const path file = folder / "lock";
  FileDescriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!opened) return file_error("open", file, errno);
  if (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_error("lock", file, errno);
    return base::conflict(
        "another fairlead process (pid " + holder_of(opened.number()) + ") uses this data folder",
        folder_in_use);
  }
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(opened.number(), 0) != 0 ||
      ::pwrite(opened.number(), process.data(), process.size(), 0) < 0)
    return file_error("write", file, errno);
  return FolderLock(std::move(opened));
}

}  // namespace adapters
