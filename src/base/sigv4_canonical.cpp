#include <algorithm>
#include <utility>

#include "base/sigv4.h"
#include "base/text.h"

namespace base {

namespace {

Error broken_escape(std::string_view where) {
  return malformed("The " + std::string(where) + " has a broken percent escape");
}

// Removes "." and "..", and slashes that part nothing; a slash at the end stays.
std::string normalised(std::string_view path) {
  std::vector<std::string_view> kept;
  const std::vector<std::string_view> segments = split(path, '/');
  for (const std::string_view one : segments) {
    if (one == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!one.empty() && one != ".") {
      kept.push_back(one);
    }
  }
  std::string out;
  for (const std::string_view one : kept) (out += '/') += one;
  const std::string_view last = segments.back();
  if (out.empty() || last.empty() || last == "." || last == "..") out += '/';
  return out;
}

std::string encoded_segments(std::string_view path) {
  std::string out;
  out.reserve(path.size() + 8);
  for (;;) {
    const auto slash = path.find('/');
    out += percent_encoded(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    out += '/';
    path.remove_prefix(slash + 1);
  }
}

Result<std::string> canonical_path(std::string_view path, std::string_view service) {
  if (path.empty()) return std::string("/");
  if (service != "s3") return encoded_segments(normalised(path));
  // Senders differ in what they escape: both ends mean the one spelling of the decoded segments.
  std::string out;
  for (const std::string_view segment : split(path, '/')) {
    const auto decoded = percent_decoded(segment);
    if (!decoded) return broken_escape("path");
    (out += '/') += percent_encoded(*decoded);
  }
  return path.starts_with('/') ? out.substr(1) : out;
}

Result<std::string> canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string_view one : split(query, '&')) {
    if (one.empty()) continue;
    const auto equals = std::min(one.find('='), one.size());
    const auto name = percent_decoded(one.substr(0, equals));
    const auto value = percent_decoded(one.substr(std::min(equals + 1, one.size())));
    if (!name || !value) return broken_escape("query");
    parameters.emplace_back(percent_encoded(*name), percent_encoded(*value));
  }
  std::ranges::sort(parameters);
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    ((out += name) += '=') += value;
  }
  return out;
}

// Trimmed, and runs of blanks within made one space.
void append_value(std::string& out, std::string_view value) {
  bool blank = false;
  for (const char c : trimmed(value)) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (is_blank && blank) continue;
    out += is_blank ? ' ' : c;
    blank = is_blank;
  }
}

}  // namespace

Result<std::string> canonical_request(const SignableRequest& request,
                                      const std::vector<std::string>& signed_names,
                                      std::string_view service) {
  std::string out(request.method);
  (out += '\n') += TRY(canonical_path(request.path, service));
  (out += '\n') += TRY(canonical_query(request.query));
  out += '\n';
  for (const std::string& name : signed_names) {
    (out += name) += ':';
    bool first = true;
    for (const Header& header : *request.headers) {
      if (!equal_ignoring_case(header.name, name)) continue;
      if (!first) out += ',';
      append_value(out, header.value);
      first = false;
    }
    out += '\n';
  }
  ((out += '\n') += joined(signed_names, ";")) += '\n';
  return out += request.payload_hash;
}

}  // namespace base
