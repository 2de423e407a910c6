#include "adapters/durable_file.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash_point.h"

namespace adapters {

using base::Error;
using base::Result;
using std::filesystem::path;

namespace {

constexpr mode_t folder_mode = 0700;

// An interrupted or failed rename answers ENOENT when the folder was moved away under us.
Error naming_error(const path& file, int error_number) {
  if (error_number == EEXIST) return base::conflict(file.string() + " is there already");
  if (error_number == ENOENT) return base::not_found("the folder of " + file.string() + " is gone");
  return file_error("name", file, error_number);
}

// The fault is a control of tests/faults: without this wait a power cut must be seen to lose
// something.
int wait_for_disk(int descriptor) {
  return base::has_fault("no-file-sync") ? 0 : ::fsync(descriptor);
}

}  // namespace

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}

Error file_error(std::string_view what, const path& file, int error_number) {
  return base::unavailable("cannot " + std::string(what) + " " + file.string() + ": " +
                           std::generic_category().message(error_number));
}

Result<void> make_folder(const path& folder) {
  if (folder.empty() || ::access(folder.c_str(), F_OK) == 0) return {};
  TRY(make_folder(folder.parent_path()));
  base::crash_point("folder.make.before");
  if (::mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST)
    return file_error("make the folder", folder, errno);
  base::crash_point("folder.sync.before");
  TRY(sync_folder(folder.has_parent_path() ? folder.parent_path() : path(".")));
  base::crash_point("folder.sync.after");
  return {};
}

Result<void> sync_folder(const path& folder) {
  const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened && errno == ENOENT)
    return base::not_found("the folder " + folder.string() + " is gone");
  if (!opened) return file_error("open the folder", folder, errno);
  if (wait_for_disk(opened.number()) != 0) return file_error("make durable", folder, errno);
  return {};
}

Result<std::optional<std::string>> read_file(const path& file, std::size_t bytes_max) {
  const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened && errno == ENOENT) return std::optional<std::string>{};
  if (!opened) return file_error("open", file, errno);
  struct stat facts{};
  if (::fstat(opened.number(), &facts) != 0) return file_error("look at", file, errno);
  if (!S_ISREG(facts.st_mode)) return base::internal(file.string() + " is not a file");
  if (static_cast<std::size_t>(facts.st_size) > bytes_max)
    return Error{base::Kind::limited, file.string() + " is too large"};
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::read(opened.number(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", file, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return std::optional(std::move(bytes));
}

Result<FileInProgress> FileInProgress::in(const path& folder) {
  std::string name = (folder / ".new-XXXXXX").string();
  FileDescriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file) return FileInProgress(std::move(file), std::move(name));
  if (errno == ENOENT) return base::not_found("the folder " + folder.string() + " is gone");
  return file_error("make a file in", folder, errno);
}

FileInProgress::FileInProgress(FileInProgress&& other) noexcept
    : file_(std::move(other.file_)), name_(std::exchange(other.name_, {})) {}

FileInProgress::~FileInProgress() {
  if (!name_.empty()) ::unlink(name_.c_str());
}

Result<void> FileInProgress::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("write", name_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> FileInProgress::sync() {
  if (wait_for_disk(file_.number()) != 0) return file_error("make durable", name_, errno);
  return {};
}

Result<base::Instant> FileInProgress::changed_at() const {
  struct stat status{};
  if (::fstat(file_.number(), &status) != 0) return file_error("look at", name_, errno);
  return base::Instant(std::chrono::milliseconds(std::int64_t{status.st_mtim.tv_sec} * 1000 +
                                                 status.st_mtim.tv_nsec / 1'000'000));
}

Result<void> FileInProgress::finish(const path& file, Existing existing) {
  base::crash_point("file.sync.before");
  if (wait_for_disk(file_.number()) != 0) return file_error("make durable", file, errno);
  base::crash_point("file.name.before");
  if (existing == Existing::replace) {
    if (::rename(name_.c_str(), file.c_str()) != 0) return naming_error(file, errno);
    name_.clear();
  } else if (::link(name_.c_str(), file.c_str()) != 0) {
    return naming_error(file, errno);
  }
  base::crash_point("file.name.after");
  TRY(sync_folder(file.has_parent_path() ? file.parent_path() : path(".")));
  base::crash_point("file.folder_sync.after");
  return {};
}

Result<void> write_file(const path& file, std::string_view bytes, Existing existing) {
  auto growing = TRY(FileInProgress::in(file.has_parent_path() ? file.parent_path() : path(".")));
  TRY(growing.append(bytes));
  return growing.finish(file, existing);
}

}  // namespace adapters
