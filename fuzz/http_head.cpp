// Heads: found alike in one piece and in many, and read by Beast as a second, plain reading has it.
#include "transports/http_head.h"

#include <boost/asio/buffer.hpp>

#include "transports/http_options.h"

#include "fuzz/harness.h"

namespace {

using namespace transports;

std::string_view plain_trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// As the bytes arrive one by one, each time with all before them in a block of their own size.
HeadEnd found_bytewise(std::string_view bytes) {
  HeadEnd end;
  for (std::size_t seen = 1; seen <= bytes.size(); ++seen) {
    end = find_head_end(bytes.substr(0, seen), seen - 1);
    if (end.refusal || end.length > 0) break;
  }
  return end;
}

void check_same_reading(const HeadParser& parser, const std::vector<FieldView>& fields,
                        std::string_view head) {
  std::string_view line = fuzz::take_until(head, "\r\n");
  fuzz::require(parser.method() == fuzz::take_until(line, " "));
  fuzz::require(parser.target() == fuzz::take_until(line, " "));
  fuzz::require((parser.version() == Version::http_1_1) == (line == "HTTP/1.1"));
  for (const FieldView& field : fields) {
    std::string_view written = fuzz::take_until(head, "\r\n");
    fuzz::require(field.name == fuzz::take_until(written, ":"));
    fuzz::require(field.value == plain_trimmed(written));
  }
  fuzz::require(head == "\r\n");
}

void check_facts(const HeadFacts& facts, Version version) {
  fuzz::require((facts.body == HeadFacts::Body::sized) == (facts.body_bytes > 0));
  fuzz::require(version == Version::http_1_1 || facts.body != HeadFacts::Body::chunked);
  fuzz::require(version == Version::http_1_0 || !facts.host.empty());
  if (!facts.host.empty()) fuzz::require(host_without_port(facts.host) == facts.host);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, std::min(size, head_bytes_max));
  const HeadEnd end = find_head_end(bytes, 0);
  const HeadEnd bytewise = found_bytewise(bytes);
  fuzz::require(end.length == bytewise.length);
  fuzz::require(end.refusal.has_value() == bytewise.refusal.has_value());
  if (end.refusal || end.length == 0) return 0;
  const std::string_view head = bytes.substr(0, end.length);
  if (check_head(head)) return 0;
  boost::beast::error_code code;
  std::vector<FieldView> fields;
  HeadParser parser(fields);
  parser.put(boost::asio::buffer(head), code);
  if (code || !parser.is_header_done()) return 0;
  check_same_reading(parser, fields, head);
  const auto facts = read_facts(parser.version(), fields);
  if (const auto* read = std::get_if<HeadFacts>(&facts)) check_facts(*read, parser.version());
  return 0;
}
