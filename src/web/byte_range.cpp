#include "web/byte_range.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace web {

namespace {

constexpr std::string_view unit = "bytes=";

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || error != std::errc() || read != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<ByteRange> asked_range(std::string_view header, std::size_t size) {
  if (!header.starts_with(unit)) return std::nullopt;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == header.npos) return std::nullopt;
  const std::string_view from = header.substr(0, dash);
  const auto last = number(header.substr(dash + 1));
  if (from.empty()) {
    if (!last) return std::nullopt;
    const std::size_t length = std::min<std::uint64_t>(*last, size);
    return ByteRange{size - length, length};
  }
  const auto first = number(from);
  const bool open = dash + 1 == header.size();
  if (!first || (!open && (!last || *last < *first))) return std::nullopt;
  if (*first >= size) return ByteRange{size, 0};
  const std::uint64_t end = open ? size : std::min<std::uint64_t>(*last, size - 1) + 1;
  return ByteRange{*first, end - *first};
}

std::string content_range(const ByteRange& range, std::size_t size) {
  return "bytes " + std::to_string(range.first) + "-" +
         std::to_string(range.first + range.length - 1) + "/" + std::to_string(size);
}

}  // namespace web
