#include "transports/http_head.h"

#include "transports/http_options.h"

namespace transports {
namespace {

std::string_view plain(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

HeadParser::HeadParser(std::vector<FieldView>& fields) : fields_(fields) {
  fields_.clear();
  header_limit(2 * head_bytes_max);  // find_head_end and the buffer limit heads, and sooner
  body_limit(boost::none);           // whoever reads the body limits it
  skip(true);
}

void HeadParser::on_request_impl(boost::beast::http::verb /*verb*/, View method, View target,
                                 int version, Code& /*code*/) {
  method_ = plain(method);
  target_ = plain(target);
  version_ = version == 11 ? Version::http_1_1 : Version::http_1_0;
}

void HeadParser::on_field_impl(Field /*field*/, View name, View value, Code& code) {
  if (fields_.size() >= headers_max) {
    code = boost::beast::http::error::header_limit;
    return;
  }
  fields_.push_back({plain(name), plain(value)});
}

}  // namespace transports
