// The files of assets/, embedded at build time.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace base {

struct Asset {
  std::string_view name;  // path below assets/: "style.css"
  std::string_view bytes;
};

std::span<const Asset> assets();
std::optional<std::string_view> asset(std::string_view name);

}  // namespace base
