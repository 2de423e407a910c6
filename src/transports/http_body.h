// BodyReader: where a request's body ends and which bytes are its content, for a length and for
// chunks. Always: pure; content is handed on as it arrives, and no byte behind the body is touched.
// Refuses: chunk sizes that are not 1 to 16 hexadecimal digits, spaces around them, extensions that
// are not RFC 9112's, bare CR or LF, control bytes, trailers that speak of framing, lines over
// their limit, more framing than content can explain (400); content over the limit (413). Instead
// of Beast 1.81's reading, which lets spaces and more pass. Source: RFC 9112 §6 and §7.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "transports/http_framing.h"

namespace transports {

class BodyReader {
 public:
  BodyReader() = default;  // no body
  BodyReader(const HeadFacts& facts, std::uint64_t bytes_max);

  // The bytes given begin with so much framing, and then so much content. Both are taken as read;
  // neither: more must arrive, or done().
  struct Piece {
    std::size_t framing = 0;
    std::size_t content = 0;
    std::optional<Refusal> refusal;
  };
  Piece next(std::string_view bytes);
  bool done() const { return state_ == State::done; }

  // Reading no more than this never reads into the next request. Of chunks nobody can say.
  std::uint64_t bytes_ahead() const {
    return state_ == State::sized ? left_ : std::numeric_limits<std::uint64_t>::max();
  }

 private:
  enum class State { sized, chunk_head, chunk, chunk_end, trailer, done };

  Piece next_content(std::string_view bytes, State after);
  Piece next_chunk_head(std::string_view bytes);
  Piece next_chunk_end(std::string_view bytes);
  Piece next_trailer(std::string_view bytes);
  bool is_mostly_framing(std::size_t line_bytes);

  State state_ = State::done;
  std::uint64_t left_ = 0;     // of the body, or of the chunk
  std::uint64_t allowed_ = 0;  // chunks may still bring so much
  std::size_t surplus_ = 0;    // framing that the content so far does not explain
  std::size_t trailer_bytes_ = 0;
};

}  // namespace transports
