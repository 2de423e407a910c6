// Named bytes: pages with versions, and photos that arrive as a stream.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "domain/ids.h"

namespace ports {

struct ObjectName {
  domain::TenantId tenant;
  std::string path;  // "boatsetter-may-30.html"
};

struct Object {
  std::string bytes;
  std::string content_type;
  std::uint64_t version = 0;
};

struct ObjectFacts {
  std::string content_type;
  std::uint64_t bytes = 0;
  std::uint64_t version = 0;
  base::Instant changed_at;
};

// What every adapter asks first, error kind invalid: names with an absolute path, an empty part, a
// part that begins with a dot or '@' (so no ".."), control characters, a backslash, over 512 bytes,
// or a part over 200; a content type that is no single line.
inline constexpr std::size_t content_type_bytes_max = 200;
base::Result<void> check_name(const ObjectName& name);
base::Result<void> check_content_type(std::string_view type);

// One object on its way in. Destroyed before finish() answered ok, nothing of it stays.
class ObjectWriter {
 public:
  virtual ~ObjectWriter() = default;
  virtual base::Result<void> append(std::string_view bytes) = 0;
  // Done when it is durable under its name, in place of whatever stood there.
  virtual base::Result<ObjectFacts> finish() = 0;
};

// A form with which a browser may post one object, once or again, until it expires.
struct FormRequest {
  ObjectName name;
  std::string content_type;
  std::int64_t bytes_max = 0;  // the object has 1 to so many bytes
  base::Instant now;
  base::Instant expires_at;  // at the latest; sooner where the signer's own credentials end sooner
  std::string own_site;      // "https://queenofsandiego.example": where a store of our own is
};
struct PostForm {
  std::string url;
  std::vector<std::pair<std::string, std::string>> fields;  // in the order to send; the file last
  base::Instant expires_at;
};

// An address at which anybody may fetch one object for a while, as a download of that name.
struct LinkTerms {
  std::string content_type;
  std::string content_disposition;
  base::Instant now;
  // At most; shorter where the signer's own credentials end sooner.
  std::chrono::seconds lifetime{std::chrono::minutes(5)};
};

// The code of the error (internal) about an object that is there and cannot be read. Whoever can
// make it anew removes it first.
inline constexpr const char* damaged_object = "object-damaged";

class Objects {
 public:
  virtual ~Objects() = default;
  virtual base::Result<std::optional<Object>> get(const ObjectName& name) = 0;
  virtual base::Result<std::optional<ObjectFacts>> facts(const ObjectName& name) = 0;
  // Writes version + 1 over the version named (0: none yet). conflict: the version moved. An
  // adapter may tell versions apart by their bytes: bytes that were there before can then pass for
  // that version.
  virtual base::Result<std::uint64_t> put(const ObjectName& name, const Object& object) = 0;
  virtual base::Result<std::unique_ptr<ObjectWriter>> open(const ObjectName& name,
                                                           const std::string& content_type) = 0;
  virtual base::Result<void> remove(const ObjectName& name) = 0;
  // Source: AWS, "Browser-based uploads using POST (Signature Version 4)".
  virtual base::Result<PostForm> presign(const FormRequest& request) = 0;
  // "https://my-photos.s3.eu-west-1.amazonaws.com", where forms post to, for the page's policy;
  // empty: to the page's own site.
  virtual std::string form_origin() const { return {}; }
  // nullopt: this store has no addresses of its own, and whoever wants an object out hands on its
  // bytes. Whether there is such an object is not looked at.
  virtual base::Result<std::optional<std::string>> link(const ObjectName& /*name*/,
                                                        const LinkTerms& /*terms*/) {
    return std::optional<std::string>{};
  }
};

}  // namespace ports
