// Small header and form readers: urlencoded lists, parameters, cookies, Accept-Encoding.
#include "base/encodings.h"
#include "base/http.h"

#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto form = base::parse_form(text);
  base::RequestHead head;
  head.query = text;
  head.headers = {{"Cookie", std::string(text)}};
  if (form && !form->empty()) {
    const base::Header& first = form->front();
    fuzz::require(head.parameter(first.name) == first.value);
  }
  static_cast<void>(head.parameter("b"));
  static_cast<void>(head.cookie("crew"));
  static_cast<void>(base::best_encoding(text));
  return 0;
}
