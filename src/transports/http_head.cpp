#include "transports/http_head.h"

#include <algorithm>

#include "transports/http_options.h"

namespace transports {
namespace {

// More is taken only as the bytes arrive: a length that is merely announced costs us nothing.
constexpr std::uint64_t body_reserve_max = std::uint64_t{64} * 1024;

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

HeadParser::HeadParser(std::vector<FieldView>& fields) : fields_(fields) {
  fields_.clear();
  header_limit(2 * head_bytes_max);  // find_head_end and the buffer limit heads, and sooner
  body_limit(boost::none);           // the route's limit is set after admission
  eager(false);
}

void HeadParser::on_request_impl(boost::beast::http::verb /*verb*/, View method, View target,
                                 int version, Code& /*code*/) {
  method_ = plain(method);
  target_ = plain(target);
  version_ = version == 11 ? Version::http_1_1 : Version::http_1_0;
}

void HeadParser::on_field_impl(Field /*field*/, View name, View value, Code& code) {
  if (is_header_done()) return;
  if (fields_.size() >= headers_max) {
    code = boost::beast::http::error::header_limit;
    return;
  }
  fields_.push_back({plain(name), plain(value)});
}

void HeadParser::on_body_init_impl(const Length& length, Code& /*code*/) {
  if (length) body_.reserve(static_cast<std::size_t>(std::min(*length, body_reserve_max)));
}

std::size_t HeadParser::on_body_impl(View bytes, Code& /*code*/) {
  body_.append(bytes.data(), bytes.size());
  return bytes.size();
}

void HeadParser::on_chunk_header_impl(std::uint64_t /*size*/, View extensions, Code& code) {
  const auto is_printable = [](char c) { return c >= 0x20 && c < 0x7f; };
  const bool clean = std::all_of(extensions.begin(), extensions.end(), is_printable);
  if (clean && (extensions.empty() || extensions.front() == ';')) return;
  code = boost::beast::http::error::bad_chunk_extension;
}

std::size_t HeadParser::on_chunk_body_impl(std::uint64_t /*remaining*/, View bytes,
                                           Code& /*code*/) {
  body_.append(bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace transports
