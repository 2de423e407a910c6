// The part of an object that a Range header asks for.
#include "web/byte_range.h"

#include <gtest/gtest.h>

namespace web {
namespace {

struct Case {
  std::string_view header;
  std::size_t size;
  std::string_view part;  // "first+length"; empty: the whole object
};

TEST(ByteRange, one_range_of_bytes_or_none) {
  const Case cases[] = {
      {"bytes=0-99", 300, "0+100"},
      {"bytes=0-0", 300, "0+1"},
      {"bytes=299-299", 300, "299+1"},
      {"bytes=100-", 300, "100+200"},
      {"bytes=-100", 300, "200+100"},
      {"bytes=-400", 300, "0+300"},
      {"bytes=0-999", 300, "0+300"},
      {"bytes=0-18446744073709551615", 300, "0+300"},
      {"bytes=300-", 300, "300+0"},
      {"bytes=900-950", 300, "300+0"},
      {"bytes=-0", 300, "300+0"},
      {"bytes=0-0", 0, "0+0"},
      {"", 300, ""},
      {"bytes=", 300, ""},
      {"bytes=-", 300, ""},
      {"bytes=a-b", 300, ""},
      {"bytes=5-2", 300, ""},
      {"bytes=0-1,5-6", 300, ""},
      {"bytes=+1-2", 300, ""},
      {"bytes=0-18446744073709551616", 300, ""},
      {"lines=0-1", 300, ""},
  };
  for (const Case& one : cases) {
    const auto range = asked_range(one.header, one.size);
    const std::string got =
        range ? std::to_string(range->first) + "+" + std::to_string(range->length) : "";
    EXPECT_EQ(got, one.part) << one.header;
  }
  EXPECT_EQ(content_range({100, 50}, 300), "bytes 100-149/300");
}

}  // namespace
}  // namespace web
