// Multipart: a form with one file, read as a stream (multipart/form-data). Bytes come in any
// split; fields come whole, the file's bytes as views into what was fed, without a copy.
// Always: memory stays within FormLimits plus one delimiter, whatever is sent; the same bytes give
// the same events in every split, but for where the file's data is cut.
// Refuses: boundaries out of grammar, line ends other than CRLF, a preamble or an epilogue, NUL,
// folded or repeated headers, text that is not UTF-8, a second file, and what passes its limits.
// Source: RFC 7578, RFC 2046 §5.1.1, RFC 8187 for filename*.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

struct FormLimits {
  std::size_t header_bytes_max = 16 * 1024;       // of all parts in sum
  std::size_t before_file_bytes_max = 20 * 1024;  // all but the file's own bytes, as S3 has it
  std::size_t parts_max = 100;
  std::string_view file_field = "file";  // the part of this name, in any case, is the file
};

// Error::code of what a reader refuses; the kind is malformed or limited.
inline constexpr std::string_view form_malformed = "malformed-form";
inline constexpr std::string_view form_too_large = "form-too-large";  // before_file_bytes_max
inline constexpr std::string_view form_too_many = "form-too-many-parts";
inline constexpr std::string_view form_second_file = "form-second-file";
inline constexpr std::string_view form_without_file = "form-without-file";

// The boundary of a Content-Type. Errors: malformed, code form_malformed, when it is no
// multipart/form-data or its boundary is missing, repeated or out of grammar.
Result<std::string> form_boundary(std::string_view content_type);
// Whether a Content-Type says multipart/form-data at all.
bool is_form_data(std::string_view content_type);

// What a part's headers say. Errors: malformed, code form_malformed.
struct FormPart {
  std::string name;
  std::optional<std::string> filename;  // filename* where both were sent
  std::string content_type;             // empty: none
};
// lines are whole headers, each with its CRLF.
Result<FormPart> form_part_from(std::string_view lines);

struct FormEvent {
  enum class Kind {
    more,      // everything fed is used up: feed again, or finish()
    field,     // name, filename where one was sent, content_type, and value, whole
    file,      // the file begins: name, filename, content_type
    data,      // bytes of the file, in value; never empty
    file_end,  // the file was whole; what follows it is checked for its form and ignored
    end,       // the closing delimiter; only CRLF may still come
  };
  Kind kind = Kind::more;
  std::string_view name = {};
  std::optional<std::string_view> filename = {};
  std::string_view content_type = {};  // of the part; empty: none
  std::string_view value = {};
};

class FormReader {
 public:
  // Requires: a boundary from form_boundary.
  explicit FormReader(std::string_view boundary, FormLimits limits = {});

  // The next event of bytes; what was read is taken off their front. Views of an event hold until
  // the next call, and data may point into bytes. After an error each call gives it again.
  Result<FormEvent> next(std::string_view& bytes);

  // The body is over. Errors: malformed when the closing delimiter is missing (code
  // form_malformed), or when no file came (code form_without_file).
  Result<void> finish() const;

 private:
  enum class State { start, delimiter_end, headers, field, file, epilogue };
  // A stretch of a part's body: its bytes, or that the delimiter after it was reached.
  struct Stretch {
    std::string_view data;
    bool ended = false;
  };

  Error fail(std::string_view code, std::string message);
  Result<void> charge(std::size_t bytes);
  Result<FormEvent> step(std::string_view& bytes);
  Result<FormEvent> read_start(std::string_view& bytes);
  Result<FormEvent> read_delimiter_end(std::string_view& bytes);
  Result<FormEvent> read_headers(std::string_view& bytes);
  Result<FormEvent> read_field(std::string_view& bytes);
  Result<FormEvent> read_file(std::string_view& bytes);
  Result<FormEvent> read_epilogue(std::string_view& bytes);
  Result<FormEvent> part_begins();
  Stretch stretch(std::string_view& bytes);
  FormEvent event(FormEvent::Kind kind) const;

  std::string delimiter_;  // CRLF, two hyphens, boundary
  FormLimits limits_;
  State state_ = State::start;
  std::string held_;         // of a delimiter, headers or an end that is not whole yet
  std::size_t matched_ = 0;  // so much of the delimiter ended the bytes of a body so far
  FormPart part_;
  std::string value_;
  std::size_t header_bytes_ = 0;
  std::size_t plain_bytes_ = 0;  // all but the file's
  std::size_t parts_ = 0;
  bool file_seen_ = false;
  std::optional<Error> failure_;
};

}  // namespace base
