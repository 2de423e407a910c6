// One data folder, one process: an exclusive lock on DIR/lock that the operating system lets go of
// when the process ends, however it ends. Always: while a FolderLock lives, no other one for the
// same folder does, in this process or another.
#pragma once

#include <filesystem>

#include "base/result.h"

#include "adapters/durable_file.h"

namespace adapters {

// The code of the error when another process has the folder.
inline constexpr const char* folder_in_use = "data-folder-in-use";

class FolderLock {
 public:
  // Makes the folder when it is missing. conflict: somebody holds it; the message names their
  // process.
  static base::Result<FolderLock> take(const std::filesystem::path& folder);

 private:
  explicit FolderLock(FileDescriptor file) : file_(std::move(file)) {}

  FileDescriptor file_;
};

}  // namespace adapters
