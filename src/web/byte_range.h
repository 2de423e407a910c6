// ByteRange: the part of an object that a Range header asks for. S3's clients fetch what is large
// in parts, several at once. Always: within the object. Refuses: nothing; a header that is not one
// range of bytes asks for no part, as RFC 9110 §14.2 has it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace web {

struct ByteRange {
  std::size_t first = 0;
  std::size_t length = 0;  // 0: the range lies outside of the object
};

// What "bytes=0-99", "bytes=100-" or "bytes=-100" means for an object of this size. nullopt: the
// whole object.
std::optional<ByteRange> asked_range(std::string_view header, std::size_t size);
// "bytes 0-99/300". Requires: a length.
std::string content_range(const ByteRange& range, std::size_t size);

}  // namespace web
