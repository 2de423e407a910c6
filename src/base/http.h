// HTTP as values: what a transport hands to web, and what it gets back. No I/O.
// Always: a header value built through set() has no CR, LF or NUL (it is dropped, and the answer
// becomes 500). Source: RFC 9110, RFC 9112.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

enum class Method { get, head, post, put, patch, del, options, other };

Method method_from(std::string_view name);
std::string_view name_of(Method method);

struct Header {
  std::string name;
  std::string value;
};

// Everything before the body. host is lower-cased and without its port; path is the raw path, not
// decoded.
struct RequestHead {
  Method method = Method::other;
  std::string host;
  std::string path;
  std::string query;  // without the question mark
  std::vector<Header> headers;
  std::string peer;  // address of the other end, without its port

  // First value of a header, by name in any case; nullopt when absent.
  std::optional<std::string_view> header(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  // Decoded query parameter; nullopt when absent, badly escaped or not UTF-8.
  std::optional<std::string> parameter(std::string_view name) const;
  // Value of a cookie; nullopt when absent. Source: RFC 6265 §5.4.
  std::optional<std::string> cookie(std::string_view name) const;
};

struct Request {
  RequestHead head;
  std::string body;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;

  Response& set(std::string_view name, std::string_view value);  // replaces
  Response& add(std::string_view name, std::string_view value);  // keeps what is there (Set-Cookie)
  std::optional<std::string_view> header(std::string_view name) const;
};

std::string_view reason_of(int status);

// The exact bytes to send: status line, headers, Content-Length, Date, and the body unless it is an
// answer to HEAD. Afterwards::close adds "Connection: close". date is an IMF-fixdate (RFC 9110
// §5.6.7).
enum class AnswerTo { get, head };
enum class Afterwards { keep_alive, close };
std::string serialised(const Response& response, std::string_view date,
                       AnswerTo question = AnswerTo::get,
                       Afterwards afterwards = Afterwards::keep_alive);

// One name=value list of a urlencoded form. nullopt: broken escapes, not UTF-8.
std::optional<std::vector<Header>> parse_form(std::string_view body);

}  // namespace base
