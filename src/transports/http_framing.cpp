#include "transports/http_framing.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/text.h"

#include "transports/http_options.h"

namespace transports {
namespace {

constexpr std::size_t host_bytes_max = 255;
constexpr std::size_t number_digits_max = 18;  // always fits 63 bits

using ByteSet = std::array<bool, 256>;

constexpr ByteSet set_of(std::string_view symbols) {
  ByteSet set{};
  for (char c = '0'; c <= '9'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) set[static_cast<unsigned char>(c)] = true;
  for (const char c : symbols) set[static_cast<unsigned char>(c)] = true;
  return set;
}

constexpr ByteSet token_bytes = set_of("!#$%&'*+-.^_`|~");
constexpr ByteSet name_bytes = set_of("-._");

bool has(const ByteSet& set, char c) {
  return set[static_cast<unsigned char>(c)];
}

bool only(const ByteSet& set, std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return has(set, c); });
}

bool is_special(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Eight bytes at once: whether one of them is below 0x20 or is 0x7f.
bool has_special(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  const std::uint64_t against_del = bytes ^ (ones * 0x7f);
  const std::uint64_t below = (bytes - ones * 0x20) & ~bytes;
  const std::uint64_t equal = (against_del - ones) & ~against_del;
  return ((below | equal) & (ones * 0x80)) != 0;
}

// The first byte from `at` on that is a control byte (tab, CR and LF included), or the end.
std::size_t find_special(std::string_view bytes, std::size_t at) {
  for (std::uint64_t word = 0; bytes.size() - at >= sizeof word; at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if (has_special(word)) break;
  }
  while (at < bytes.size() && !is_special(bytes[at])) ++at;
  return at;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_address_v6(std::string_view text) {
  const auto fits = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
  };
  return text.size() >= 2 && text.size() <= 45 && std::all_of(text.begin(), text.end(), fits);
}

std::optional<Refusal> check_version(std::string_view version) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
  const bool well_formed = version.size() == 8 && version.starts_with("HTTP/") &&
                           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  if (well_formed) return Refusal{505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
  return Refusal{400, "the request line is not: method, target, HTTP version"};
}

std::optional<Refusal> check_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return Refusal{400, "the request line is not: method, target, HTTP version"};
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (method.empty() || !only(token_bytes, method)) return Refusal{400, "the method is no token"};
  if (auto refusal = check_version(line.substr(last + 1))) return refusal;
  if (!target.starts_with('/')) return Refusal{400, "the target does not start with a slash"};
  const auto fits = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (!std::all_of(target.begin(), target.end(), fits)) {
    return Refusal{400, "the target has a byte that must be escaped"};
  }
  return std::nullopt;
}

// Gathers one field after the other; the first contradiction is kept.
class FactReader {
 public:
  explicit FactReader(Version version) : version_(version) {
    facts_.keep_alive = version == Version::http_1_1;
  }

  void take(const FieldView& field) {
    if (base::equal_ignoring_case(field.name, "Host")) return take_host(field.value);
    if (base::equal_ignoring_case(field.name, "Content-Length")) return take_length(field.value);
    if (base::equal_ignoring_case(field.name, "Transfer-Encoding")) return take_coding(field.value);
    if (base::equal_ignoring_case(field.name, "Connection")) return take_connection(field.value);
    if (base::equal_ignoring_case(field.name, "Expect")) return take_expectation(field.value);
  }

  std::variant<HeadFacts, Refusal> finish() {
    if (!seen_host_ && version_ == Version::http_1_1) refuse(400, "there is no Host header");
    if (seen_length_ && facts_.body == HeadFacts::Body::chunked) {
      refuse(400, "Content-Length and Transfer-Encoding exclude each other");
    }
    if (seen_length_ && facts_.body_bytes > 0) facts_.body = HeadFacts::Body::sized;
    if (closes_) facts_.keep_alive = false;
    if (refusal_) return *refusal_;
    return facts_;
  }

 private:
  void refuse(int status, std::string_view detail) {
    if (!refusal_) refusal_ = Refusal{status, detail};
  }

  void take_host(std::string_view value) {
    if (std::exchange(seen_host_, true)) return refuse(400, "there is more than one Host header");
    if (value.empty() && version_ == Version::http_1_0) return;
    const std::optional<std::string_view> host = host_without_port(value);
    if (!host) return refuse(400, "the Host header is not a name or address with an optional port");
    facts_.host = *host;
  }

  void take_length(std::string_view value) {
    if (std::exchange(seen_length_, true)) {
      return refuse(400, "there is more than one Content-Length header");
    }
    if (value.empty() || value.size() > number_digits_max || !all_digits(value)) {
      return refuse(400, "Content-Length is not a plain number");
    }
    for (const char digit : value) {
      facts_.body_bytes = facts_.body_bytes * 10 + static_cast<std::uint64_t>(digit - '0');
    }
  }

  void take_coding(std::string_view value) {
    if (version_ == Version::http_1_0) {
      return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
    }
    if (facts_.body == HeadFacts::Body::chunked || !base::equal_ignoring_case(value, "chunked")) {
      return refuse(400, "Transfer-Encoding is not the one word chunked");
    }
    facts_.body = HeadFacts::Body::chunked;
  }

  void take_connection(std::string_view value) {
    while (!value.empty()) {
      const std::size_t comma = value.find(',');
      const std::string_view option = base::trimmed(value.substr(0, comma));
      if (base::equal_ignoring_case(option, "close")) closes_ = true;
      if (base::equal_ignoring_case(option, "keep-alive")) facts_.keep_alive = true;
      value = comma == std::string_view::npos ? std::string_view{} : value.substr(comma + 1);
    }
  }

  void take_expectation(std::string_view value) {
    if (version_ == Version::http_1_0) return;  // RFC 9110 §10.1.1: ignored
    if (!base::equal_ignoring_case(value, "100-continue")) {
      return refuse(417, "the only expectation met here is 100-continue");
    }
    facts_.expects_continue = true;
  }

  Version version_;
  HeadFacts facts_;
  std::optional<Refusal> refusal_;
  bool seen_host_ = false;
  bool seen_length_ = false;
  bool closes_ = false;
};

}  // namespace

HeadEnd find_head_end(std::string_view bytes, std::size_t scanned) {
  const HeadEnd bad_line{0, Refusal{400, "a line does not end in CR LF"}};
  for (std::size_t i = scanned; i < bytes.size(); ++i) {
    const bool after_cr = i > 0 && bytes[i - 1] == '\r';
    if (after_cr != (bytes[i] == '\n')) return bad_line;
    i = find_special(bytes, i);
    if (i == bytes.size()) break;
    if (bytes[i] == '\n') {
      if (i == 0 || bytes[i - 1] != '\r') return bad_line;
      if (i >= 3 && bytes[i - 2] == '\n') return {i + 1, std::nullopt};
    } else if (bytes[i] != '\r' && bytes[i] != '\t') {
      return {0, Refusal{400, "the head has a control byte"}};
    }
  }
  return {};
}

bool is_token_byte(char c) {
  return has(token_bytes, c);
}

std::optional<Refusal> check_field_line(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    return Refusal{400, "a header goes on in a second line"};
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return Refusal{400, "a header has no name"};
  if (!only(token_bytes, line.substr(0, colon))) {
    return Refusal{400, "a header's name is no token, or a space stands before its colon"};
  }
  return std::nullopt;
}

std::optional<Refusal> check_head(std::string_view head) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = head.find("\r\n", begin);
    if (end == std::string_view::npos) return Refusal{400, "a line does not end in CR LF"};
    const std::string_view line = head.substr(begin, end - begin);
    begin = end + 2;
    if (line.empty() && count > 0) break;
    if (auto refusal = count == 0 ? check_request_line(line) : check_field_line(line)) {
      return refusal;
    }
    if (++count > headers_max + 1) return Refusal{431, "there are too many headers"};
  }
  return std::nullopt;
}

std::variant<HeadFacts, Refusal> read_facts(Version version, std::span<const FieldView> fields) {
  FactReader reader(version);
  for (const FieldView& field : fields) reader.take(field);
  return reader.finish();
}

std::optional<std::string_view> host_without_port(std::string_view value) {
  if (value.empty() || value.size() > host_bytes_max) return std::nullopt;
  std::size_t end = value.find(':');
  if (value.front() == '[') {
    const std::size_t bracket = value.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    if (!is_address_v6(value.substr(1, bracket - 1))) return std::nullopt;
    end = bracket + 1;
  }
  std::string_view host = value.substr(0, end);
  const std::string_view port = value.substr(host.size());
  if (!port.empty()) {
    if (port.front() != ':' || port.size() < 2 || port.size() > 6) return std::nullopt;
    if (!all_digits(port.substr(1))) return std::nullopt;
  }
  if (host.starts_with('[')) return host;
  if (host.ends_with('.')) host.remove_suffix(1);
  const bool plain = only(name_bytes, host) && host.find("..") == std::string_view::npos;
  if (host.empty() || host.starts_with('.') || host.ends_with('.') || !plain) return std::nullopt;
  return host;
}

}  // namespace transports
