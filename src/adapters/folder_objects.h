// ports::Objects in a folder. Version n of "photos/a.jpg" of tenant "jada" is the file
// DIR/jada/photos/@a.jpg/n: its content type, a line feed, its bytes. What arrives as a stream
// grows in DIR/.incoming, which is emptied when the folder is opened. Always: a version is written
// once, whole, and durable before put() or finish() returns; of two that put the same version, in
// this process or another, one gets conflict. Refuses (limited): an object
// over 64 MiB. Its forms post to the embedded store of the same process (domain/object_store.h).
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "base/sigv4.h"

#include "domain/pass.h"

#include "ports/objects.h"

namespace adapters {

inline constexpr std::size_t folder_object_bytes_max = 64 * 1024 * 1024;

class FolderObjects : public ports::Objects {
 public:
  // folder: DIR/objects; made with the first object. Requires: no other process streams into it.
  FolderObjects(std::filesystem::path folder, domain::ServerKey server_key);

  base::Result<std::optional<ports::Object>> get(const ports::ObjectName& name) override;
  base::Result<std::optional<ports::ObjectFacts>> facts(const ports::ObjectName& name) override;
  base::Result<std::uint64_t> put(const ports::ObjectName& name,
                                  const ports::Object& object) override;
  base::Result<std::unique_ptr<ports::ObjectWriter>> open(const ports::ObjectName& name,
                                                          const std::string& content_type) override;
  // Removes every version; the next put begins with 1. What is not there is no error.
  base::Result<void> remove(const ports::ObjectName& name) override;
  base::Result<ports::PostForm> presign(const ports::FormRequest& request) override;

 private:
  base::Result<std::filesystem::path> versions_folder(const ports::ObjectName& name) const;

  std::shared_ptr<const base::AwsSigner> signer_of(const domain::TenantId& tenant);

  std::filesystem::path folder_;
  domain::ServerKey server_key_;
  std::mutex naming_;  // held while a stream's version gets its number
  std::mutex mutex_;   // guards signers_
  std::unordered_map<domain::TenantId, std::shared_ptr<const base::AwsSigner>> signers_;
};

}  // namespace adapters
