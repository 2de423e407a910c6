#include "ports/objects.h"

#include <algorithm>

#include "base/text.h"

namespace ports {

using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::size_t name_bytes_max = 512;
constexpr std::size_t part_bytes_max = 200;

// In a folder '@' marks an object's versions and dots begin temporary files: no part begins so.
bool is_part(std::string_view part) {
  return !part.empty() && part.size() <= part_bytes_max && part[0] != '.' && part[0] != '@';
}

bool is_clean(std::string_view text) {
  return base::is_utf8(text) && !base::has_control_characters(text);
}

Error refused(std::string message) {
  return {Kind::invalid, std::move(message)};
}

}  // namespace

Result<void> check_name(const ObjectName& name) {
  const std::string& tenant = name.tenant.text();
  if (!is_part(tenant) || !is_clean(tenant) || tenant.find_first_of("/\\") != std::string::npos)
    return refused("no tenant's name for an object");
  if (name.path.empty() || name.path.size() > name_bytes_max)
    return refused("an object's name of 0 or over 512 bytes");
  if (!is_clean(name.path) || name.path.find('\\') != std::string::npos)
    return refused("an object's name with a character that is not allowed");
  if (!std::ranges::all_of(base::split(name.path, '/'), is_part))
    return refused("an object's name with a part that is not allowed");
  return {};
}

Result<void> check_content_type(std::string_view type) {
  if (is_clean(type) && type.size() <= content_type_bytes_max) return {};
  return refused("a content type that is not one short line");
}

}  // namespace ports
