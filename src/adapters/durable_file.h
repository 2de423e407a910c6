// Files that survive a power cut: written whole or not at all, their names made durable too.
// Always: after an ok answer the bytes and the name are on the disk; a reader sees the old file or
// the new one, never a part; new files are mode 0600 and new folders 0700. Not a port: what the
// adapters that keep files share.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/time.h"

namespace adapters {

// A file descriptor that closes itself; -1 is none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number = -1) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// "cannot write /data/x: No space left on device", from errno. Kind unavailable.
base::Error file_error(std::string_view what, const std::filesystem::path& path, int error_number);

// Makes the folder and those above it that are missing.
base::Result<void> make_folder(const std::filesystem::path& folder);
base::Result<void> sync_folder(const std::filesystem::path& folder);

// nullopt: there is no such file. limited: it holds more than bytes_max.
base::Result<std::optional<std::string>> read_file(const std::filesystem::path& file,
                                                   std::size_t bytes_max);

// What naming a file does about one that is there: put the new one in its place, or answer
// conflict.
enum class Existing { replace, keep };

// A file that grows under a temporary name ".new-XXXXXX" and gets its own when it is whole.
// Destroyed before that, nothing of it stays; only a crash leaves the temporary name behind.
class FileInProgress {
 public:
  // not_found: the folder is gone.
  static base::Result<FileInProgress> in(const std::filesystem::path& folder);
  FileInProgress(FileInProgress&& other) noexcept;
  FileInProgress& operator=(FileInProgress&&) = delete;
  ~FileInProgress();

  base::Result<void> append(std::string_view bytes);
  // Its bytes are on the disk, so that finish() waits for its name alone.
  base::Result<void> sync();
  // When its bytes were last written.
  base::Result<base::Instant> changed_at() const;
  // Requires: file is on the same file system. not_found: its folder is gone.
  base::Result<void> finish(const std::filesystem::path& file, Existing existing);

 private:
  FileInProgress(FileDescriptor file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}

  FileDescriptor file_;
  std::string name_;
};

base::Result<void> write_file(const std::filesystem::path& file, std::string_view bytes,
                              Existing existing);

}  // namespace adapters
