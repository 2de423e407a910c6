#include "base/encodings.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>

#include "base/text.h"

namespace base {

namespace {

constexpr int gzip_window_bits = 15 + 16;  // the largest window, and gzip's own head
constexpr int gzip_memory_level = 9;

std::string gzipped(std::string_view text, int quality) {
  z_stream stream{};
  if (deflateInit2(&stream, std::clamp(quality, 1, 9), Z_DEFLATED, gzip_window_bits,
                   gzip_memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // zlib reads it only.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int code = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (code != Z_STREAM_END) throw std::runtime_error("gzip did not end");
  return packed;
}

std::string brotlied(std::string_view text, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string packed(size, '\0');
  if (!BrotliEncoderCompress(std::clamp(quality, BROTLI_MIN_QUALITY, BROTLI_MAX_QUALITY),
                             BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                             reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                             reinterpret_cast<std::uint8_t*>(packed.data())))
    throw std::runtime_error("brotli did not end");
  packed.resize(size);
  return packed;
}

// "q=0", "q=0.0", "q=0.00", "q=0.000": the client does not take it.
bool is_refusal(std::string_view weight) {
  weight = trimmed(weight);
  if (weight.size() < 3 || (weight[0] != 'q' && weight[0] != 'Q') || weight[1] != '=') return false;
  weight.remove_prefix(2);
  return weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::brotli:
      return "br";
    case Encoding::gzip:
      return "gzip";
    case Encoding::identity:
      break;
  }
  return "identity";
}

Encoding best_encoding(std::string_view accept_encoding) {
  bool gzip = false;
  while (!accept_encoding.empty()) {
    const std::size_t comma = accept_encoding.find(',');
    const std::string_view item = accept_encoding.substr(0, comma);
    const std::size_t semicolon = item.find(';');
    const std::string_view name = trimmed(item.substr(0, semicolon));
    const bool refused =
        semicolon != std::string_view::npos && is_refusal(item.substr(semicolon + 1));
    if (!refused && equal_ignoring_case(name, "br")) return Encoding::brotli;
    if (!refused && equal_ignoring_case(name, "gzip")) gzip = true;
    if (comma == std::string_view::npos) break;
    accept_encoding.remove_prefix(comma + 1);
  }
  return gzip ? Encoding::gzip : Encoding::identity;
}

std::string encoded(std::string_view text, Encoding encoding, int quality) {
  switch (encoding) {
    case Encoding::brotli:
      return brotlied(text, quality);
    case Encoding::gzip:
      return gzipped(text, quality);
    case Encoding::identity:
      break;
  }
  return std::string(text);
}

}  // namespace base
