#include "base/http.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace base {

namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> methods{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::post, "POST"},
    {Method::put, "PUT"},
    {Method::patch, "PATCH"},
    {Method::del, "DELETE"},
    {Method::options, "OPTIONS"},
}};

constexpr std::array<std::pair<int, std::string_view>, 38> reasons{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

// RFC 9110 §5.6.2.
bool is_token(std::string_view name) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_safe(std::string_view name, std::string_view value) {
  constexpr std::string_view splitters("\r\n\0", 3);
  return is_token(name) && value.find_first_of(splitters) == std::string_view::npos;
}

std::optional<std::string_view> find(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& one : headers)
    if (equal_ignoring_case(one.name, name)) return one.value;
  return std::nullopt;
}

struct Pair {
  std::string_view name;
  std::string_view value;
};

Pair cut_at_equals(std::string_view text) {
  const auto at = text.find('=');
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

// Escapes may hide any bytes; what leaves here is text.
std::optional<std::string> form_decoded(std::string_view text) {
  auto decoded = percent_decoded(text, Plus::space);
  if (decoded && !is_utf8(*decoded)) return std::nullopt;
  return decoded;
}

// These belong to serialised(): a second copy from elsewhere would let two readers disagree about
// where the answer ends.
bool is_framing(std::string_view name) {
  constexpr std::array<std::string_view, 4> names{"Content-Length", "Transfer-Encoding",
                                                  "Connection", "Date"};
  return std::ranges::any_of(names,
                             [&](std::string_view one) { return equal_ignoring_case(one, name); });
}

bool has_no_content(int status) {
  return status < 200 || status == 204 || status == 304;
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), written.ptr);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  (((out += name) += ": ") += value) += "\r\n";
}

}  // namespace

Method method_from(std::string_view name) {
  for (const auto& [method, text] : methods)
    if (text == name) return method;
  return Method::other;
}

std::string_view name_of(Method method) {
  for (const auto& [one, text] : methods)
    if (one == method) return text;
  return "OTHER";
}

std::optional<std::string_view> RequestHead::header(std::string_view name) const {
  return find(headers, name);
}

std::size_t RequestHead::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers, [&](const Header& one) { return equal_ignoring_case(one.name, name); }));
}

std::optional<std::string> RequestHead::parameter(std::string_view name) const {
  for (const std::string_view part : split(query, '&')) {
    const Pair pair = cut_at_equals(part);
    if (part.empty() || form_decoded(pair.name) != name) continue;
    return form_decoded(pair.value);
  }
  return std::nullopt;
}

std::optional<std::string> RequestHead::cookie(std::string_view name) const {
  for (const Header& one : headers) {
    if (!equal_ignoring_case(one.name, "Cookie")) continue;
    for (const std::string_view part : split(one.value, ';')) {
      const Pair pair = cut_at_equals(part);
      if (trimmed(pair.name) != name) continue;
      std::string_view value = trimmed(pair.value);
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
      return std::string(value);
    }
  }
  return std::nullopt;
}

Response& Response::set(std::string_view name, std::string_view value) {
  if (is_safe(name, value))
    std::erase_if(headers, [&](const Header& one) { return equal_ignoring_case(one.name, name); });
  return add(name, value);
}

Response& Response::add(std::string_view name, std::string_view value) {
  if (is_safe(name, value))
    headers.push_back({std::string(name), std::string(value)});
  else
    status = 500;
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  return find(headers, name);
}

std::string_view reason_of(int status) {
  for (const auto& [code, text] : reasons)
    if (code == status) return text;
  return "Unknown";
}

std::string serialised(const Response& response, std::string_view date, AnswerTo question,
                       Afterwards afterwards) {
  const int status = response.status >= 100 && response.status <= 999 ? response.status : 500;
  const bool with_length = !has_no_content(status);
  const bool with_body = with_length && question != AnswerTo::head;
  std::size_t size = 160 + date.size() + (with_body ? response.body.size() : 0);
  for (const Header& one : response.headers) size += one.name.size() + one.value.size() + 4;

  std::string out;
  out.reserve(size);
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  ((out += ' ') += reason_of(status)) += "\r\n";
  append_header(out, "Date", date);
  for (const Header& one : response.headers)
    if (!is_framing(one.name) && is_safe(one.name, one.value))
      append_header(out, one.name, one.value);
  if (with_length) {
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  if (afterwards == Afterwards::close) append_header(out, "Connection", "close");
  out += "\r\n";
  if (with_body) out += response.body;
  return out;
}

std::optional<std::vector<Header>> parse_form(std::string_view body) {
  std::vector<Header> pairs;
  for (const std::string_view part : split(body, '&')) {
    if (part.empty()) continue;
    const Pair pair = cut_at_equals(part);
    auto name = form_decoded(pair.name);
    auto value = form_decoded(pair.value);
    if (!name || !value) return std::nullopt;
    pairs.push_back({std::move(*name), std::move(*value)});
  }
  return pairs;
}

}  // namespace base
