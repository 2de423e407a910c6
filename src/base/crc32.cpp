#include "base/crc32.h"

#include <zlib.h>

namespace base {

void Crc32::update(std::string_view bytes) {
  if (bytes.empty()) return;  // zlib takes a null pointer as the wish to begin anew
  value_ = static_cast<std::uint32_t>(
      crc32_z(value_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string Crc32::bytes() const {
  std::string out;
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>((value_ >> shift) & 0xFFU);
  return out;
}

}  // namespace base
