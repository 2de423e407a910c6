// What the fuzz targets share: the input as text, cut into pieces, and require() for what must hold
// of every input. Always: the same input is cut the same way, so that a crash repeats; each piece
// is a block of its own, so that the sanitizer sees a byte read behind it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

// The byte at each cut says how long the piece is: 1 to 16 bytes.
inline std::vector<std::vector<char>> pieces_of(std::string_view text) {
  std::vector<std::vector<char>> pieces;
  while (!text.empty()) {
    const std::size_t wanted = 1 + static_cast<unsigned char>(text.front()) % 16;
    const std::string_view piece = text.substr(0, wanted);
    pieces.emplace_back(piece.begin(), piece.end());
    text.remove_prefix(piece.size());
  }
  return pieces;
}

inline std::string_view view_of(const std::vector<char>& bytes) {
  return {bytes.data(), bytes.size()};
}

// The front of text up to the mark, which is taken off with it; all of it where there is none.
inline std::string_view take_until(std::string_view& text, std::string_view mark) {
  const std::size_t end = text.find(mark);
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), front.size() + mark.size()));
  return front;
}

}  // namespace fuzz
