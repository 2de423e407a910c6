#include "base/assets.h"

namespace base {

std::optional<std::string_view> asset(std::string_view name) {
  for (const Asset& one : assets())
    if (one.name == name) return one.bytes;
  return std::nullopt;
}

}  // namespace base
