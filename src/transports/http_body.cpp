#include "transports/http_body.h"

#include <algorithm>

#include "base/text.h"

namespace transports {
namespace {

constexpr std::size_t chunk_line_bytes_max = 256;
constexpr std::size_t trailer_line_bytes_max = 4096;
constexpr std::size_t trailer_bytes_max = 8192;
constexpr std::size_t size_digits_max = 16;
// What a chunk's line may cost beside its content, and how much more a whole body may: bytes that
// bring nothing must not keep us busy without end.
constexpr std::size_t framing_bytes_free = 16;
constexpr std::size_t framing_surplus_max = 16 * 1024;

// The length of the line that begins here, its CR LF included, at most bytes_max; 0: not there yet.
HeadEnd find_line_end(std::string_view bytes, std::size_t bytes_max) {
  const std::size_t seen = std::min(bytes.size(), bytes_max);
  for (std::size_t i = 0; i < seen; ++i) {
    const char c = bytes[i];
    if (c == '\r' && i + 1 < seen) {
      if (bytes[i + 1] == '\n') return {i + 2, std::nullopt};
      return {0, Refusal{400, "a line of the body's framing does not end in CR LF"}};
    }
    if (c == '\n') return {0, Refusal{400, "a line of the body's framing does not end in CR LF"}};
    const bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    if (control && c != '\r') return {0, Refusal{400, "the body's framing has a control byte"}};
  }
  if (bytes.size() >= bytes_max) {
    return {0, Refusal{400, "a chunk's head or the trailer is too long"}};
  }
  return {};
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

std::size_t token_length(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_token_byte);
  return static_cast<std::size_t>(end - text.begin());
}

// Its quotes included; 0: there is none.
std::size_t quoted_length(std::string_view text) {
  if (!text.starts_with('"')) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
    if (i < text.size() && static_cast<unsigned char>(text[i]) >= 0x80) return 0;
  }
  return 0;
}

// *( ";" name [ "=" value ] ), without the spaces that RFC 9112 calls bad.
bool are_extensions(std::string_view text) {
  while (!text.empty()) {
    if (!text.starts_with(';')) return false;
    text.remove_prefix(1);
    const std::size_t name = token_length(text);
    if (name == 0) return false;
    text.remove_prefix(name);
    if (!text.starts_with('=')) continue;
    text.remove_prefix(1);
    const std::size_t value = std::max(token_length(text), quoted_length(text));
    if (value == 0) return false;
    text.remove_prefix(value);
  }
  return true;
}

bool speaks_of_framing(std::string_view field) {
  const std::string_view name = field.substr(0, field.find(':'));
  return base::equal_ignoring_case(name, "Content-Length") ||
         base::equal_ignoring_case(name, "Transfer-Encoding") ||
         base::equal_ignoring_case(name, "Host");
}

}  // namespace

BodyReader::BodyReader(const HeadFacts& facts, std::uint64_t bytes_max) : allowed_(bytes_max) {
  if (facts.body == HeadFacts::Body::chunked) state_ = State::chunk_head;
  if (facts.body != HeadFacts::Body::sized) return;
  state_ = State::sized;
  left_ = facts.body_bytes;
}

BodyReader::Piece BodyReader::next(std::string_view bytes) {
  switch (state_) {
    case State::sized:
      return next_content(bytes, State::done);
    case State::chunk:
      return next_content(bytes, State::chunk_end);
    case State::chunk_head:
      return next_chunk_head(bytes);
    case State::chunk_end:
      return next_chunk_end(bytes);
    case State::trailer:
      return next_trailer(bytes);
    case State::done:
      break;
  }
  return {};
}

BodyReader::Piece BodyReader::next_content(std::string_view bytes, State after) {
  const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_));
  left_ -= count;
  if (left_ == 0) state_ = after;
  return {0, count, std::nullopt};
}

BodyReader::Piece BodyReader::next_chunk_head(std::string_view bytes) {
  const HeadEnd end = find_line_end(bytes, chunk_line_bytes_max);
  if (end.refusal || end.length == 0) return {0, 0, end.refusal};
  const std::string_view line = bytes.substr(0, end.length - 2);
  std::uint64_t size = 0;
  std::size_t digits = 0;
  for (; digits < line.size(); ++digits) {
    const auto digit = hex_digit(line[digits]);
    if (!digit) break;
    if (digits == size_digits_max) return {0, 0, Refusal{400, "a chunk's size is too long"}};
    size = size * 16 + *digit;
  }
  if (digits == 0) return {0, 0, Refusal{400, "a chunk's size is not a hexadecimal number"}};
  if (!are_extensions(line.substr(digits))) {
    return {0, 0, Refusal{400, "what follows a chunk's size is no extension"}};
  }
  if (size > allowed_) {
    return {0, 0, Refusal{413, "the body is longer than this address takes"}};
  }
  allowed_ -= size;
  left_ = size;
  if (is_mostly_framing(end.length)) {
    return {0, 0, Refusal{400, "the chunks are more framing than content"}};
  }
  state_ = size == 0 ? State::trailer : State::chunk;
  return {end.length, 0, std::nullopt};
}

bool BodyReader::is_mostly_framing(std::size_t line_bytes) {
  const std::uint64_t explained = framing_bytes_free + 2 * left_;
  surplus_ += line_bytes;
  surplus_ -= static_cast<std::size_t>(std::min<std::uint64_t>(surplus_, explained));
  return surplus_ > framing_surplus_max;
}

BodyReader::Piece BodyReader::next_chunk_end(std::string_view bytes) {
  const std::string_view wanted = "\r\n";
  if (bytes.substr(0, 2) != wanted.substr(0, std::min<std::size_t>(bytes.size(), 2))) {
    return {0, 0, Refusal{400, "a chunk is not as long as its size says"}};
  }
  if (bytes.size() < 2) return {};
  state_ = State::chunk_head;
  return {2, 0, std::nullopt};
}

BodyReader::Piece BodyReader::next_trailer(std::string_view bytes) {
  const HeadEnd end = find_line_end(bytes, trailer_line_bytes_max);
  if (end.refusal || end.length == 0) return {0, 0, end.refusal};
  const std::string_view line = bytes.substr(0, end.length - 2);
  trailer_bytes_ += end.length;
  if (line.empty()) {
    state_ = State::done;
    return {end.length, 0, std::nullopt};
  }
  if (trailer_bytes_ > trailer_bytes_max) return {0, 0, Refusal{400, "the trailer is too long"}};
  if (auto refusal = check_field_line(line)) return {0, 0, refusal};
  if (speaks_of_framing(line)) return {0, 0, Refusal{400, "a trailer must not speak of framing"}};
  return {end.length, 0, std::nullopt};
}

}  // namespace transports
