// AwsChunked: the framing that S3's clients put around an upload whose checksum they only know at
// its end (Content-Encoding: aws-chunked with STREAMING-UNSIGNED-PAYLOAD-TRAILER): chunks with
// their sizes, then trailers. It lies within HTTP's own framing and knows nothing of it. Always:
// bytes come in any split; the object's bytes are views into what was fed; memory stays within one
// line and the trailers. Refuses: sizes that are not 1 to 16 hexadecimal digits, chunk signatures,
// bare line ends, long lines, many trailers, and anything after the end. Source: Amazon S3 API
// Reference, "Signature calculations for trailing headers".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"

namespace base {

inline constexpr std::string_view aws_chunked_payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
inline constexpr std::size_t aws_chunked_line_bytes_max = 512;
inline constexpr std::size_t aws_chunked_trailers_max = 8;

class AwsChunkedReader {
 public:
  // The next of the object's bytes, taken off the front; empty: all that was fed is used up.
  // Errors: malformed, and again with each call after it.
  Result<std::string_view> next(std::string_view& bytes);
  // The body is over. Errors: malformed when its last chunk or its trailers are missing.
  Result<void> finish() const;
  // The value of a trailer, its name in any case; nullopt: it did not come.
  std::optional<std::string_view> trailer(std::string_view name) const;

 private:
  enum class State { size, data, data_end, trailers, done };

  Error fail(std::string message);
  // nullopt: the line is not whole yet.
  Result<std::optional<std::string>> take_line(std::string_view& bytes);
  Result<void> heed(std::string_view line);
  Result<void> begin_chunk(std::string_view size);
  Result<void> keep_trailer(std::string_view line);

  State state_ = State::size;
  std::string line_;
  std::uint64_t left_ = 0;  // of the chunk
  std::vector<Header> trailers_;
  std::optional<Error> failure_;
};

}  // namespace base
