#include "adapters/folder_objects.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash_point.h"
#include "base/text.h"

#include "domain/object_store.h"
#include "domain/post_policy.h"

#include "adapters/durable_file.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;
using ports::Object;
using ports::ObjectFacts;
using ports::ObjectName;
using std::filesystem::path;

namespace {

constexpr const char* incoming = ".incoming";
// Signers keep the key of the day; so many tenants' are kept at a time.
constexpr std::size_t signers_max = 1000;
// Each try loses only to a removal and a new first version in between.
constexpr int read_tries_max = 20;
// Each try loses to another writer that has finished, or to a removal.
constexpr int finish_tries_max = 100;
constexpr std::string_view grave_prefix = ".removed-";
constexpr std::string_view temporary_prefix = ".new-";

Error moved(const ObjectName& name) {
  return base::conflict("the object " + name.path + " changed in the meantime", "version-moved");
}

bool is_moved(const Error& error) {
  return error.kind == Kind::conflict || error.kind == Kind::not_found;
}

Error too_large() {
  return {Kind::limited, "an object over 64 MiB"};
}

// The highest version in the folder; 0: none.
Result<std::uint64_t> newest_in(const path& folder) {
  std::uint64_t newest = 0;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  for (const std::filesystem::directory_iterator end; !failure && entry != end;
       entry.increment(failure))
    if (auto version = base::parse_unsigned(entry->path().filename().string()))
      newest = std::max(newest, static_cast<std::uint64_t>(*version));
  if (failure && failure != std::errc::no_such_file_or_directory)
    return file_error("read the folder", folder, failure.value());
  return newest;
}

base::Error damaged(const path& file) {
  return {base::Kind::internal, "the object " + file.string() + " is damaged",
          ports::damaged_object};
}

Result<std::optional<Object>> object_from(std::optional<std::string> bytes, std::uint64_t version,
                                          const path& file) {
  if (!bytes) return std::optional<Object>{};
  const auto line_end = bytes->find('\n');
  if (line_end == std::string::npos) return damaged(file);
  Object object{{}, bytes->substr(0, line_end), version};
  object.bytes = std::move(bytes->erase(0, line_end + 1));
  return std::optional(std::move(object));
}

// What of an object's file stands before its bytes, and its facts.
Result<std::optional<ObjectFacts>> facts_of(const path& file, std::uint64_t version) {
  const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened && errno == ENOENT) return std::optional<ObjectFacts>{};
  if (!opened) return file_error("open", file, errno);
  std::array<char, ports::content_type_bytes_max + 1> start{};
  struct stat status{};
  const ssize_t count = ::pread(opened.number(), start.data(), start.size(), 0);
  if (count < 0 || ::fstat(opened.number(), &status) != 0) return file_error("read", file, errno);
  const std::string_view text(start.data(), static_cast<std::size_t>(count));
  const auto line_end = text.find('\n');
  if (line_end == std::string_view::npos) return damaged(file);
  ObjectFacts facts;
  facts.content_type = text.substr(0, line_end);
  facts.bytes = static_cast<std::uint64_t>(status.st_size) - line_end - 1;
  facts.version = version;
  facts.changed_at = base::Instant(std::chrono::milliseconds(
      std::int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000));
  return std::optional(std::move(facts));
}

// A listing of the folder can miss the new version and the old one, when that goes as this one
// comes. A folder that stays empty has no version.
bool may_be_replaced(const path& folder) {
  return ::access(folder.c_str(), F_OK) == 0;
}

// Whoever writes a version, in whatever process, is done in less.
bool is_abandoned(const std::filesystem::directory_entry& temporary) {
  std::error_code failure;
  const auto written = temporary.last_write_time(failure);
  return !failure &&
         std::filesystem::file_time_type::clock::now() - written > std::chrono::minutes(1);
}

class FolderWriter : public ports::ObjectWriter {
 public:
  FolderWriter(std::mutex& naming, FileInProgress file, path versions, std::string content_type)
      : naming_(naming),
        file_(std::move(file)),
        versions_(std::move(versions)),
        content_type_(std::move(content_type)) {}

  Result<void> append(std::string_view bytes) override {
    bytes_ += bytes.size();
    if (bytes_ > folder_object_bytes_max) return too_large();
    return file_.append(bytes);
  }

  Result<ObjectFacts> finish() override {
    const base::Instant changed_at = TRY(file_.changed_at());
    TRY(file_.sync());
    // One after the other, or a version that has gone again would be given once more.
    const std::scoped_lock lock(naming_);
    for (int tries = 0; tries < finish_tries_max; ++tries) {
      TRY(make_folder(versions_));
      const std::uint64_t before = TRY(newest_in(versions_));
      auto finished = file_.finish(versions_ / std::to_string(before + 1), Existing::keep);
      if (!finished && is_moved(finished.error())) continue;
      TRY(finished);
      // The new version stands. An old one that stays behind a failure here is never read again.
      std::error_code ignored;
      for (std::uint64_t old = before; old > 0; --old)
        if (!std::filesystem::remove(versions_ / std::to_string(old), ignored)) break;
      return ObjectFacts{content_type_, bytes_, before + 1, changed_at};
    }
    return base::unavailable("the object changes too often to be replaced");
  }

 private:
  std::mutex& naming_;
  FileInProgress file_;
  path versions_;
  std::string content_type_;
  std::size_t bytes_ = 0;
};

}  // namespace

FolderObjects::FolderObjects(path folder, domain::ServerKey server_key)
    : folder_(std::move(folder)), server_key_(std::move(server_key)) {
  // What a crash cut off: uploads, versions half written, removals half done. What cannot be
  // removed is only space.
  std::error_code ignored;
  std::filesystem::remove_all(folder_ / incoming, ignored);
  std::vector<path> left;
  std::filesystem::recursive_directory_iterator entry(folder_, ignored);
  for (const std::filesystem::recursive_directory_iterator end; entry != end;
       entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    const bool is_grave = name.starts_with(grave_prefix);
    if (!is_grave && !(name.starts_with(temporary_prefix) && is_abandoned(*entry))) continue;
    left.push_back(entry->path());
    entry.disable_recursion_pending();
  }
  for (const path& one : left) std::filesystem::remove_all(one, ignored);
}

Result<path> FolderObjects::versions_folder(const ObjectName& name) const {
  TRY(ports::check_name(name));
  const auto parts = base::split(name.path, '/');
  path folder = folder_ / name.tenant.text();
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) folder /= parts[i];
  return folder / ("@" + std::string(parts.back()));
}

Result<std::optional<Object>> FolderObjects::get(const ObjectName& name) {
  const path folder = TRY(versions_folder(name));
  std::uint64_t seen = 0;
  for (int tries = 0; tries < read_tries_max; ++tries) {
    const std::uint64_t version = TRY(newest_in(folder));
    if (version == 0 && !may_be_replaced(folder)) return std::optional<Object>{};
    seen = version;
    if (version == 0) continue;
    const path file = folder / std::to_string(version);
    auto bytes = TRY(read_file(file, folder_object_bytes_max + ports::content_type_bytes_max + 1));
    if (bytes) return object_from(std::move(bytes), version, file);
  }
  if (seen == 0) return std::optional<Object>{};
  return base::unavailable("the object " + name.path + " changes too often to be read");
}

Result<std::optional<ObjectFacts>> FolderObjects::facts(const ObjectName& name) {
  const path folder = TRY(versions_folder(name));
  std::uint64_t seen = 0;
  for (int tries = 0; tries < read_tries_max; ++tries) {
    const std::uint64_t version = TRY(newest_in(folder));
    if (version == 0 && !may_be_replaced(folder)) return std::optional<ObjectFacts>{};
    seen = version;
    if (version == 0) continue;
    auto facts = TRY(facts_of(folder / std::to_string(version), version));
    if (facts) return facts;
  }
  if (seen == 0) return std::optional<ObjectFacts>{};
  return base::unavailable("the object " + name.path + " changes too often to be looked at");
}

Result<std::unique_ptr<ports::ObjectWriter>> FolderObjects::open(const ObjectName& name,
                                                                 const std::string& content_type) {
  path folder = TRY(versions_folder(name));
  TRY(ports::check_content_type(content_type));
  TRY(make_folder(folder_ / incoming));
  auto file = TRY(FileInProgress::in(folder_ / incoming));
  TRY(file.append(content_type + "\n"));
  return std::unique_ptr<ports::ObjectWriter>(
      std::make_unique<FolderWriter>(naming_, std::move(file), std::move(folder), content_type));
}

Result<std::uint64_t> FolderObjects::put(const ObjectName& name, const Object& object) {
  const path folder = TRY(versions_folder(name));
  if (object.bytes.size() > folder_object_bytes_max) return too_large();
  TRY(ports::check_content_type(object.content_type));
  TRY(make_folder(folder));
  if (TRY(newest_in(folder)) != object.version) return moved(name);
  const std::uint64_t version = object.version + 1;
  // The temporary file lies in the folder of the versions. If the object is removed meanwhile, it
  // goes with it, and the link fails even when a new first version has taken the folder's place.
  auto written = write_file(folder / std::to_string(version),
                            object.content_type + "\n" + object.bytes, Existing::keep);
  if (written) return version;
  if (is_moved(written.error())) return moved(name);
  return std::move(written).error();
}

Result<void> FolderObjects::remove(const ObjectName& name) {
  const path folder = TRY(versions_folder(name));
  // Away in one step: a reader finds all versions or none.
  std::string grave = (folder.parent_path() / ".removed-XXXXXX").string();
  if (::mkdtemp(grave.data()) == nullptr) {
    if (errno == ENOENT) return {};
    return file_error("remove", folder, errno);
  }
  if (::rename(folder.c_str(), grave.c_str()) != 0 && errno != ENOENT) {
    const int failure = errno;
    ::rmdir(grave.c_str());
    return file_error("remove", folder, failure);
  }
  base::crash_point("object.bury.before");
  TRY(sync_folder(folder.parent_path()));
  base::crash_point("object.bury.after");
  std::error_code failure;
  std::filesystem::remove_all(grave, failure);
  if (failure) return file_error("remove", grave, failure.value());
  return {};
}

std::shared_ptr<const base::AwsSigner> FolderObjects::signer_of(const domain::TenantId& tenant) {
  const std::scoped_lock lock(mutex_);
  auto& signer = signers_[tenant];
  if (!signer)
    signer = std::make_shared<const base::AwsSigner>(domain::form_signer(server_key_, tenant));
  auto answer = signer;
  if (signers_.size() > signers_max) signers_.clear();
  return answer;
}

Result<ports::PostForm> FolderObjects::presign(const ports::FormRequest& request) {
  TRY(ports::check_name(request.name));
  const std::string bucket = domain::bucket_of(request.name.tenant);
  domain::FormTerms terms;
  terms.bucket = bucket;
  terms.key = request.name.path;
  terms.content_type = request.content_type;
  terms.bytes_max = request.bytes_max;
  terms.expires_at = request.expires_at;
  ports::PostForm form;
  form.url = request.own_site + std::string(domain::object_store_path) + bucket;
  form.expires_at = request.expires_at;
  auto fields = domain::presigned_fields(terms, *signer_of(request.name.tenant), request.now);
  form.fields.reserve(fields.size());
  for (domain::FormField& field : fields)
    form.fields.emplace_back(std::move(field.name), std::move(field.value));
  return form;
}

}  // namespace adapters
