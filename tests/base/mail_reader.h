// Reads mails back with Python's email package, which shares no line with what wrote them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base::testing {

struct ReadPart {
  std::string type;
  std::string method;  // parameter of text/calendar
  std::string disposition;
  std::string filename;
  std::string body;  // decoded, with LF
};

struct ReadMail {
  std::vector<std::pair<std::string, std::string>> headers;  // decoded
  std::vector<ReadPart> parts;                               // depth first, multiparts too
  std::vector<std::string> defects;                          // of headers and parts
  std::pair<std::string, std::string> from;                  // name, address
  std::pair<std::string, std::string> to;

  std::vector<std::string> types() const;
  std::string header(std::string_view name) const;  // all of that name, joined by " | "
  const ReadPart& part(std::string_view type) const;
};

ReadMail read_mail(const std::string& bytes);

// What the wire asks of each line: CRLF ends, nothing but ASCII, no more than 998 bytes.
std::vector<std::string> line_faults(const std::string& bytes);

}  // namespace base::testing
