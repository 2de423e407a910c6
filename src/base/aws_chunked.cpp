#include "base/aws_chunked.h"

#include <charconv>
#include <utility>

#include "base/text.h"

namespace base {

namespace {

constexpr std::size_t size_digits_max = 16;

}  // namespace

Error AwsChunkedReader::fail(std::string message) {
  failure_ = malformed(std::move(message));
  return *failure_;
}

Result<std::string_view> AwsChunkedReader::next(std::string_view& bytes) {
  if (failure_) return *failure_;
  while (!bytes.empty()) {
    if (state_ == State::done) return fail("bytes after the last chunk");
    if (state_ == State::data) {
      const std::string_view data = bytes.substr(0, left_);
      bytes.remove_prefix(data.size());
      left_ -= data.size();
      if (left_ == 0) state_ = State::data_end;
      return data;
    }
    const auto line = TRY(take_line(bytes));
    if (line) TRY(heed(*line));
  }
  return std::string_view{};
}

Result<void> AwsChunkedReader::finish() const {
  if (failure_) return *failure_;
  if (state_ != State::done) return malformed("the last chunk is missing");
  return {};
}

std::optional<std::string_view> AwsChunkedReader::trailer(std::string_view name) const {
  for (const Header& header : trailers_)
    if (equal_ignoring_case(header.name, name)) return header.value;
  return std::nullopt;
}

Result<std::optional<std::string>> AwsChunkedReader::take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view part = bytes.substr(0, end == bytes.npos ? end : end + 1);
  if (line_.size() + part.size() > aws_chunked_line_bytes_max) return fail("a line is too long");
  line_ += part;
  bytes.remove_prefix(part.size());
  if (end == bytes.npos) return std::optional<std::string>{};
  if (!line_.ends_with("\r\n")) return fail("a line does not end in CR LF");
  line_.resize(line_.size() - 2);
  return std::optional(std::exchange(line_, {}));
}

Result<void> AwsChunkedReader::heed(std::string_view line) {
  if (state_ == State::size) return begin_chunk(line);
  if (state_ == State::trailers) return keep_trailer(line);
  if (!line.empty()) return fail("a chunk is longer than its size");
  state_ = State::size;
  return {};
}

Result<void> AwsChunkedReader::begin_chunk(std::string_view size) {
  const char* end = size.data() + size.size();
  const auto [read, error] = std::from_chars(size.data(), end, left_, 16);
  if (size.empty() || size.size() > size_digits_max || error != std::errc() || read != end)
    return fail("a chunk's size cannot be read");
  state_ = left_ == 0 ? State::trailers : State::data;
  return {};
}

Result<void> AwsChunkedReader::keep_trailer(std::string_view line) {
  if (line.empty()) {
    state_ = State::done;
    return {};
  }
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == line.npos) return fail("a trailer has no name");
  const std::string_view name = line.substr(0, colon);
  if (trailer(name) || trailers_.size() == aws_chunked_trailers_max)
    return fail("too many trailers, or one twice");
  trailers_.push_back({std::string(name), std::string(trimmed(line.substr(colon + 1)))});
  return {};
}

}  // namespace base
