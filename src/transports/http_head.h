// HeadParser: Beast's parser, told to keep views instead of copies. One object reads one head;
// bodies are http_body's. Always: it is fed heads that check_head passed, so its leniency never
// decides anything; method, target and fields are views of the bytes given to put() and live as
// long as those. Refuses: more than headers_max fields. Known holes of Boost 1.81 that http_framing
// closes before this code runs: chunked in HTTP/1.0, Content-Length after Transfer-Encoding, a
// Transfer-Encoding not ending in chunked, repeated equal Content-Length, obs-fold.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>

#include "transports/http_framing.h"

namespace transports {

class HeadParser final : public boost::beast::http::basic_parser<true> {
 public:
  // fields is emptied, and filled while the head is read.
  explicit HeadParser(std::vector<FieldView>& fields);

  std::string_view method() const { return method_; }
  std::string_view target() const { return target_; }
  Version version() const { return version_; }

 private:
  using Code = boost::beast::error_code;
  using View = boost::beast::string_view;
  using Field = boost::beast::http::field;
  using Length = boost::optional<std::uint64_t>;

  void on_request_impl(boost::beast::http::verb verb, View method, View target, int version,
                       Code& code) override;
  void on_response_impl(int, View, int, Code&) override {}
  void on_field_impl(Field field, View name, View value, Code& code) override;
  void on_header_impl(Code&) override {}
  void on_body_init_impl(const Length&, Code&) override {}
  std::size_t on_body_impl(View, Code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, View, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View, Code&) override { return 0; }
  void on_finish_impl(Code&) override {}

  std::vector<FieldView>& fields_;
  std::string_view method_;
  std::string_view target_;
  Version version_ = Version::http_1_1;
};

}  // namespace transports
