// The strict reading of a request's head: where it ends, and whether every reader would frame it
// alike. Always: pure; looks at nothing but its arguments. A head that passes leaves no second
// reading to a proxy before us or to the library behind us (Boost 1.81 lets several ambiguous ones
// through; see http_head.h). Refuses: bare CR or LF, control bytes, obs-fold, space before a colon,
// a target that does not start with
// "/", versions but 1.0 and 1.1, a missing or repeated Host, Content-Length together with
// Transfer-Encoding, any Transfer-Encoding but one "chunked", any Content-Length but one plain
// number, unknown expectations. Sources: RFC 9112 §2 to §6, RFC 9110 §7.2 and §10.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace transports {

// Why a request is not taken; the connection is closed after the answer. detail outlives the
// program.
struct Refusal {
  int status = 400;
  std::string_view detail;
};

struct FieldView {
  std::string_view name;
  std::string_view value;
};

struct HeadEnd {
  std::size_t length = 0;  // up to and including the empty line; 0: not there yet
  std::optional<Refusal> refusal;
};

// Looks for the end of a head in what has arrived; the first `scanned` bytes were seen by an
// earlier call. A byte that no head may hold is refused at once, without waiting for the rest.
HeadEnd find_head_end(std::string_view bytes, std::size_t scanned);

// Request line and field lines of a whole head, raw as they came.
std::optional<Refusal> check_head(std::string_view head);

// One field line of a head or a trailer, without its CR LF.
std::optional<Refusal> check_field_line(std::string_view line);
bool is_token_byte(char c);

// What the fields say about the message. Requires: check_head passed.
struct HeadFacts {
  enum class Body { none, sized, chunked };
  std::string_view host;  // as sent, without port and trailing dot; empty only in HTTP/1.0
  Body body = Body::none;
  std::uint64_t body_bytes = 0;  // sized only
  bool keep_alive = false;
  bool expects_continue = false;
};
enum class Version { http_1_0, http_1_1 };
std::variant<HeadFacts, Refusal> read_facts(Version version, std::span<const FieldView> fields);

// The host of a Host field; nullopt: not a plain name or address with an optional port.
std::optional<std::string_view> host_without_port(std::string_view value);

}  // namespace transports
