// HTML: a writer that only takes markup known at compile time, and values through functions that
// say where they stand.
// Always: a value cannot become markup; a link cannot become a script; bytes that are no UTF-8,
// control characters and bidirectional overrides (U+202A..202E, U+2066..2069) come out as U+FFFD.
// Refuses to compile: a std::string without a function around it, a literal that leaves an
// attribute open, an attribute whose name is not a literal, event handlers as attributes.
//
//   html::Page page;
//   page << "<p>" << text(name) << "</p><a" << url("href", link) << ">" << text(label) << "</a>";
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

#include "base/json.h"

namespace base::html {

// Markup. Attribute values with a fixed content may stand in it, in double quotes.
class Literal {
 public:
  enum class Ends { unchanged, in_text, in_tag };

  template <std::size_t N>
  consteval Literal(const char (&markup)[N]) : markup_(markup, N - 1), ends_(end_of(markup_)) {}

  std::string_view markup() const { return markup_; }
  Ends ends() const { return ends_; }

 private:
  static consteval Ends end_of(std::string_view markup) {
    std::size_t quotes = 0;
    for (const char c : markup) quotes += c == '"';
    if (quotes % 2 != 0) throw "an attribute value is left open: use attribute() or url()";
    if (markup.ends_with('=') || markup.ends_with("='")) throw "use attribute() or url()";
    const auto last = markup.find_last_of("<>");
    if (last == std::string_view::npos) return Ends::unchanged;
    return markup[last] == '<' ? Ends::in_tag : Ends::in_text;
  }

  std::string_view markup_;
  Ends ends_;
};

// The name of an attribute that carries plain text.
class Name {
 public:
  template <std::size_t N>
  consteval Name(const char (&name)[N]) : name_(name, N - 1) {
    for (const char c : name_)
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) throw "not a name";
    if (name_.starts_with("on") || name_ == "style" || name_ == "srcdoc") throw "runs as code";
    if (name_ == "href" || name_ == "src" || name_ == "action") throw "use url()";
    if (name_ == "formaction" || name_ == "data" || name_ == "poster") throw "use url()";
  }
  std::string_view name() const { return name_; }

 private:
  std::string_view name_;
};

// The name of an attribute that carries an address.
class UrlName {
 public:
  template <std::size_t N>
  consteval UrlName(const char (&name)[N]) : name_(name, N - 1) {
    if (name_ != "href" && name_ != "src" && name_ != "action") throw "not an address attribute";
  }
  std::string_view name() const { return name_; }

 private:
  std::string_view name_;
};

struct Text {
  std::string_view value;
};
struct Lines {
  std::string_view value;
};
struct Attribute {
  Name name;
  std::string_view value;
};
struct Url {
  UrlName name;
  std::string_view value;
};
struct Number {
  long long value;
};
struct Json {
  const json::value& value;
};

// Between tags.
inline Text text(std::string_view value) {
  return {value};
}
// Between tags; each LF becomes <br>.
inline Lines lines(std::string_view value) {
  return {value};
}
// Within a tag: writes name="value" with a space before it.
inline Attribute attribute(Name name, std::string_view value) {
  return {name, value};
}
// Within a tag. Anything but https://, http://, mailto:, tel:, or an address that starts with one
// slash or # becomes "#".
inline Url url(UrlName name, std::string_view value) {
  return {name, value};
}
template <std::integral T>
Number num(T value) {
  return {static_cast<long long>(value)};
}
// Within <script type="application/json">.
inline Json json(const json::value& value) {
  return {value};
}

bool is_safe_url(std::string_view address);
// The value as text() writes it.
std::string escaped(std::string_view value);

class Page {
 public:
  explicit Page(std::size_t reserve_bytes = 8192) { bytes_.reserve(reserve_bytes); }

  Page& operator<<(Literal literal);
  Page& operator<<(Text value);
  Page& operator<<(Lines value);
  Page& operator<<(Attribute value);
  Page& operator<<(Url value);
  Page& operator<<(Number value);
  Page& operator<<(Json value);
  Page& operator<<(const Page& part);

  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const& { return bytes_; }
  std::string&& bytes() && { return std::move(bytes_); }

 private:
  // A value in the wrong place is a bug: it stops a debug build and writes nothing in a release.
  bool expects(Literal::Ends place) const;

  std::string bytes_;
  Literal::Ends place_ = Literal::Ends::in_text;
};

}  // namespace base::html
