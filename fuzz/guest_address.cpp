// Guest addresses: an object's name is one folder deep and ends as pages and calendars do; a
// redirect leads to an object.
#include "domain/edge.h"
#include "domain/slug.h"

#include "fuzz/harness.h"

namespace {

using domain::EdgeAnswer;

void check_object(std::string_view target) {
  fuzz::require(target.starts_with('/') && target.rfind('/') == 0);
  const std::string_view name = target.substr(1);
  const std::size_t dot = name.find('.');
  fuzz::require(domain::is_page_name(name.substr(0, dot)));
  fuzz::require(name.substr(dot) == ".html" || name.substr(dot) == ".ics");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path = fuzz::text_of(data, size);
  const EdgeAnswer answer = domain::edge_answer(path);
  if (answer.kind == EdgeAnswer::Kind::object) check_object(answer.target);
  if (answer.kind == EdgeAnswer::Kind::redirect) {
    const EdgeAnswer next = domain::edge_answer(answer.target);
    fuzz::require(next.kind == EdgeAnswer::Kind::object);
    check_object(next.target);
  }
  return 0;
}
