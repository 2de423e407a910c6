// Named bytes with versions: guest pages now, photos later. Names are relative paths without "..".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

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

class Objects {
 public:
  virtual ~Objects() = default;
  virtual base::Result<std::optional<Object>> get(const ObjectName& name) = 0;
  // Writes version + 1 over the version named (0: none yet). conflict: the version moved. Older
  // versions stay.
  virtual base::Result<std::uint64_t> put(const ObjectName& name, const Object& object) = 0;
  virtual base::Result<void> remove(const ObjectName& name) = 0;
};

}  // namespace ports
