// Crc32: the checksum that S3's clients add to what they upload, over bytes that come in pieces.
// Always: tells a damaged line from a whole one; it proves nothing against who damages on purpose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

class Crc32 {
 public:
  void update(std::string_view bytes);
  std::uint32_t value() const { return value_; }
  std::string bytes() const;  // four, the highest first, as S3's clients send them in base64

 private:
  std::uint32_t value_ = 0;
};

}  // namespace base
