// A disk that can lose power, loaded before the server's libraries (LD_PRELOAD). SIGKILL leaves
// what was written in the page cache, so a wait for the disk that somebody forgot would go unseen;
// here only what was waited for survives. Always: $FAIRLEAD_SHADOW/disk holds what of the folder
// $FAIRLEAD_DISK would be there after a power cut at this instant: the bytes of a file as of its
// last fsync or fdatasync, names as of the last fsync of their folder. A file's own fsync also
// keeps the name it has then, as ext4 does for a new file. A name that was kept for a file that was
// not is an empty file. At the start all that is there is durable. The process dies (raise) only
// between two fsyncs. Nothing waits for the real disk.
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using fs::path;

// One file or folder under all its names; a number is used again, a birth is not.
struct Inode {
  std::uint64_t number = 0;
  std::int64_t born_seconds = 0;
  std::uint32_t born_nanoseconds = 0;
  bool operator<(const Inode& other) const {
    return std::tie(number, born_seconds, born_nanoseconds) <
           std::tie(other.number, other.born_seconds, other.born_nanoseconds);
  }
};

std::optional<Inode> inode_of(const path& name) {
  struct statx facts{};
  if (::statx(AT_FDCWD, name.c_str(), AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &facts) != 0)
    return std::nullopt;
  return Inode{facts.stx_ino, facts.stx_btime.tv_sec, facts.stx_btime.tv_nsec};
}

path setting(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return value ? value : "";
}

class Disk {
 public:
  Disk(path disk, const path& shadow)
      : disk_(std::move(disk)), kept_(shadow / "disk"), contents_(shadow / "contents") {
    fs::create_directories(kept_);
    fs::create_directories(contents_);
    keep_all(disk_);
  }

  // Waits for what the descriptor names; what lies elsewhere is nobody's business.
  void wait_for(int descriptor) {
    const std::lock_guard lock(mutex_);
    std::error_code failure;
    const path name = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), failure);
    if (failure || !is_on_disk(name)) return;
    if (fs::is_directory(name, failure))
      keep_names(name);
    else
      keep_file(name);
  }

  // What waits is done first: a power cut leaves no half of our own copy.
  void lose_power() { mutex_.lock(); }

 private:
  bool is_on_disk(const path& name) const {
    const std::string text = name.string();
    return text == disk_.string() || text.starts_with(disk_.string() + "/");
  }
  path kept(const path& name) const {
    return name == disk_ ? kept_ : kept_ / name.lexically_relative(disk_);
  }

  void keep_all(const path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.is_regular_file()) keep_file(entry.path());
    keep_names(folder);
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.is_directory()) keep_all(entry.path());
  }

  // The one copy of a file's durable bytes; every kept name is a link to it. A socket has none: its
  // name alone outlives a power cut, and its owner.
  path content_of(const Inode& inode, bool is_socket = false) {
    auto [place, fresh] = files_.try_emplace(inode);
    if (fresh) {
      place->second = contents_ / std::to_string(files_.size());
      ::mknod(place->second.c_str(), (is_socket ? S_IFSOCK : S_IFREG) | 0600, 0);
    }
    return place->second;
  }

  static void copy(int from, const path& to) {
    const int out = ::open(to.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    off_t at = 0;
    std::string block(1 << 16, '\0');
    ssize_t count = 0;
    while ((count = ::pread(from, block.data(), block.size(), at)) > 0) {
      if (::pwrite(out, block.data(), static_cast<std::size_t>(count), at) != count) std::abort();
      at += count;
    }
    ::close(out);
    if (count < 0) std::abort();
  }

  void keep_file(const path& name) {
    const auto inode = inode_of(name);
    if (!inode) return;  // removed meanwhile: its bytes are nobody's
    // The descriptor may have been opened for writing alone.
    const int readable = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (readable < 0) return;
    copy(readable, content_of(*inode));
    ::close(readable);
    keep_name(name, content_of(*inode));
  }

  void keep_name(const path& name, const path& content) {
    const path to = kept(name);
    std::error_code failure;
    if (fs::equivalent(to, content, failure)) return;
    fs::remove_all(to, failure);
    fs::create_hard_link(content, to, failure);  // fails where the folder's own name is not kept
  }

  void keep_folder(const path& name, const Inode& inode) {
    const path to = kept(name);
    const auto known = folders_.find(inode);
    std::error_code failure;
    if (known != folders_.end() && known->second == to) return;
    if (known != folders_.end())
      fs::rename(known->second, to, failure);
    else
      fs::create_directory(to, failure);
    if (!failure) folders_[inode] = to;
  }

  void keep_names(const path& folder) {
    std::error_code failure;
    if (!fs::is_directory(kept(folder), failure)) return;  // it would be gone itself
    for (const auto& entry : fs::directory_iterator(folder)) {
      const auto inode = inode_of(entry.path());
      if (!inode) continue;
      if (entry.is_directory())
        keep_folder(entry.path(), *inode);
      else
        keep_name(entry.path(), content_of(*inode, entry.is_socket()));
    }
    for (const auto& entry : fs::directory_iterator(kept(folder)))
      if (!fs::exists(folder / entry.path().filename())) forget(entry.path());
  }

  void forget(const path& name) {
    std::erase_if(folders_, [&](const auto& one) { return one.second == name; });
    std::error_code failure;
    fs::remove_all(name, failure);
  }

  const path disk_, kept_, contents_;
  std::mutex mutex_;
  std::map<Inode, path> files_;    // to contents
  std::map<Inode, path> folders_;  // to kept names
};

// Never destroyed: threads may wait for the disk until the process has ended.
Disk* disk() {
  static Disk* const one = [] {
    const path name = setting("FAIRLEAD_DISK");
    return name.empty() ? nullptr : new Disk(name, setting("FAIRLEAD_SHADOW"));
  }();
  return one;
}

[[gnu::constructor]] void note_what_is_there() {
  disk();
}

int wait_for(int descriptor) {
  if (::fcntl(descriptor, F_GETFD) < 0) return -1;
  if (disk()) disk()->wait_for(descriptor);
  return 0;
}

}  // namespace

extern "C" int fsync(int descriptor) {
  return wait_for(descriptor);
}

extern "C" int fdatasync(int descriptor) {
  return wait_for(descriptor);
}

extern "C" int raise(int signal) noexcept {
  if (disk() && signal == SIGKILL) disk()->lose_power();
  return ::kill(::getpid(), signal);
}
