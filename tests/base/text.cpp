#include "base/text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using std::string_literals::operator""s;

TEST(Text, utf8_is_strict) {
  struct Case {
    std::string bytes;
    bool good;
  };
  const std::vector<Case> cases{
      {"", true},
      {"plain", true},
      {"a\0b"s, true},
      {"\xC3\xA9", true},           // e acute
      {"\xE2\x82\xAC", true},       // euro sign
      {"\xEF\xBF\xBF", true},       // U+FFFF
      {"\xF0\x90\x80\x80", true},   // U+10000
      {"\xF4\x8F\xBF\xBF", true},   // U+10FFFF
      {"\x80", false},              // lone continuation
      {"\xC3", false},              // cut
      {"\xE2\x82", false},          // cut
      {"\xF0\x9F\x98", false},      // cut
      {"\xC3\x28", false},          // no continuation
      {"\xC0\x80", false},          // overlong NUL
      {"\xC1\xBF", false},          // overlong
      {"\xE0\x9F\xBF", false},      // overlong
      {"\xF0\x8F\xBF\xBF", false},  // overlong
      {"\xED\xA0\x80", false},      // surrogate
      {"\xED\xBF\xBF", false},      // surrogate
      {"\xF4\x90\x80\x80", false},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80", false},
      {"\xFF", false},
  };
  for (const Case& one : cases) EXPECT_EQ(is_utf8(one.bytes), one.good) << one.bytes;
}

// Texts are looked at eight bytes at a time: each byte value at each place of three such steps.
TEST(Text, no_byte_hides_behind_its_neighbours) {
  for (int value = 0; value < 256; ++value)
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, place % 2 ? ' ' : '~');
      text[place] = static_cast<char>(value);
      const bool ascii = value < 0x80;
      EXPECT_EQ(is_utf8(text), ascii) << value << " at " << place;
      const bool printable = value >= 0x20 && value <= 0x7E;
      EXPECT_EQ(has_control_characters(text), !printable) << value << " at " << place;
    }
}

TEST(Text, what_turns_or_hides_is_found) {
  for (const char* text : {"a\u202Ab", "\u202E", "a\u2066", "\u2069", "\uFEFFa", "\xFF"})
    EXPECT_TRUE(has_turning_characters(text)) << text;
  for (const char* text : {"", "Dana", "Zo\u00eb", "\u200Ea\u200F", "\u2029", "\u2065", "\u206A",
                           "\U0001F469\u200D\u2764\uFE0F\u200D\U0001F469",  // emoji, joined
                           "\U0001F3F4\U000E0067\U000E0062\U000E007F"})     // a flag, by tags
    EXPECT_FALSE(has_turning_characters(text)) << text;
}

TEST(Text, is_blank_when_nothing_of_it_can_be_seen) {
  for (const char* text : {"", " ", "\t\n", "\u00A0", "\u200B", "\u3000 \u2060", "\u200D\uFE0F",
                           "\u3164", "\u2800", "\U000E0067"})
    EXPECT_TRUE(is_blank(text)) << text;
  for (const char* text : {"a", " a ", "\u200Ba", "\u00e9", "\U0001F600", ".", "\xFF"})
    EXPECT_FALSE(is_blank(text)) << text;
}

TEST(Text, control_characters_are_found) {
  struct Case {
    std::string text;
    bool any;
    bool besides_newline;
  };
  const std::vector<Case> cases{
      {"", false, false},
      {"Ana \xC3\x81vila", false, false},
      {"a\nb", true, false},
      {"a\r\nb", true, true},
      {"a\tb", true, true},
      {"a\0b"s, true, true},
      {"a\x7F", true, true},
      {"a\xC2\x85", true, true},      // NEL
      {"a\xC2\xA0", false, false},    // no-break space is no control
      {"a\xE2\x80\xA8", true, true},  // U+2028
      {"a\xE2\x80\xA9", true, true},  // U+2029
      {"a\xE2\x80\xAA", false, false},
      {"\xFF", true, true},  // not UTF-8: refused rather than passed
  };
  for (const Case& one : cases) {
    EXPECT_EQ(has_control_characters(one.text), one.any) << one.text;
    EXPECT_EQ(has_control_characters_besides_newline(one.text), one.besides_newline) << one.text;
  }
}

TEST(Text, length_counts_code_points) {
  EXPECT_EQ(length_utf8(""), 0u);
  EXPECT_EQ(length_utf8("abc"), 3u);
  EXPECT_EQ(length_utf8("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3u);
}

TEST(Text, cutting_keeps_code_points_whole) {
  EXPECT_EQ(cut_utf8("abc", 3), "abc");
  EXPECT_EQ(cut_utf8("abcd", 3), "abc");
  EXPECT_EQ(cut_utf8("ab\xE2\x82\xAC", 4), "ab");
  EXPECT_EQ(cut_utf8("ab\xE2\x82\xAC!", 5), "ab\xE2\x82\xAC");
  EXPECT_EQ(cut_utf8("\x80\x80\x80", 2), "");
}

TEST(Text, small_changes) {
  EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trimmed("  "), "");
  EXPECT_EQ(lowered("AbZ-\xC3\x89"), "abz-\xC3\x89");
  EXPECT_TRUE(equal_ignoring_case("Content-TYPE", "content-type"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));  // 0x20 apart, but no letters
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), std::vector<std::string_view>{""});
  EXPECT_EQ(joined({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(joined({}, ", "), "");
}

TEST(Text, handles) {
  struct Case {
    std::string_view text;
    bool good;
  };
  const std::vector<Case> cases{
      {"a", true},       {"harbor-west-2", true},
      {"0", true},       {"abcdefghijklmnopqrst", true},
      {"", false},       {"abcdefghijklmnopqrstu", false},
      {"-a", false},     {"a-", false},
      {"a--b", false},   {"A", false},
      {"a_b", false},    {"a b", false},
      {"a.b", false},    {"\xC3\xA9", false},
      {"../etc", false},
  };
  for (const Case& one : cases) EXPECT_EQ(is_handle(one.text, 20), one.good) << one.text;
}

TEST(Text, unsigned_numbers) {
  struct Case {
    std::string_view text;
    std::optional<std::int64_t> value;
  };
  const std::vector<Case> cases{
      {"0", 0},
      {"007", 7},
      {"9223372036854775807", INT64_MAX},
      {"9223372036854775808", std::nullopt},
      {"", std::nullopt},
      {"+1", std::nullopt},
      {"-1", std::nullopt},
      {" 1", std::nullopt},
      {"1 ", std::nullopt},
      {"0x1", std::nullopt},
      {"1e3", std::nullopt},
  };
  for (const Case& one : cases) EXPECT_EQ(parse_unsigned(one.text), one.value) << one.text;
}

TEST(Text, percent_escapes) {
  struct Case {
    std::string_view text;
    Plus plus;
    std::optional<std::string> value;
  };
  const std::vector<Case> cases{
      {"a%20b", Plus::itself, "a b"},       {"a+b", Plus::itself, "a+b"},
      {"a+b", Plus::space, "a b"},          {"%2B", Plus::space, "+"},
      {"%c3%A9", Plus::itself, "\xC3\xA9"}, {"%00", Plus::itself, "\0"s},
      {"%", Plus::itself, std::nullopt},    {"%4", Plus::itself, std::nullopt},
      {"%4g", Plus::itself, std::nullopt},  {"%-1", Plus::itself, std::nullopt},
      {"%%41", Plus::itself, std::nullopt}, {"", Plus::itself, ""},
  };
  for (const Case& one : cases)
    EXPECT_EQ(percent_decoded(one.text, one.plus), one.value) << one.text;
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a b/\xC3\xA9+%\n"), "a%20b%2F%C3%A9%2B%25%0A");
}

TEST(Text, mail_addresses) {
  struct Case {
    std::string text;
    bool good;
  };
  const std::vector<Case> cases{
      {"dana@guest.example", true},
      {"d.w+jada@Mail.Guest.example", true},
      {"o'neil@crew.example", true},
      {"", false},
      {"dana", false},
      {"@guest.example", false},
      {"dana@", false},
      {"a@b@guest.example", false},
      {"a b@guest.example", false},
      {"a@guest .example", false},
      {"a@guest..example", false},
      {"a@-guest.example", false},
      {"a,b@guest.example", false},    // two addresses in a mail header
      {"\"a\"@guest.example", false},  // a quoted name
      {"<a@guest.example>", false},
      {"a\r\nBcc:b@guest.example", false},
      {"a@guest.example\n", false},
      {"\xC3\xA9@guest.example", false},
      {std::string(64, 'a') + "@guest.example", true},
      {std::string(65, 'a') + "@guest.example", false},
      {"a@" + std::string(250, 'a') + ".example", false},
  };
  for (const Case& one : cases) EXPECT_EQ(is_mail_address(one.text), one.good) << one.text;
}

TEST(Text, host_names) {
  struct Case {
    std::string text;
    bool good;
  };
  const std::vector<Case> cases{
      {"sailjada.example", true},
      {"jada-ops.localhost", true},
      {"localhost", true},
      {"9lives.example", true},
      {"", false},
      {"Sailjada.example", false},
      {"127.0.0.1", false},  // no letter
      {"sailjada.example.", false},
      {".example", false},
      {"a..example", false},
      {"-a.example", false},
      {"a-.example", false},
      {"a_b.example", false},
      {"a.example:8080", false},
      {"a/b", false},
      {std::string(63, 'a') + ".example", true},
      {std::string(64, 'a') + ".example", false},
  };
  for (const Case& one : cases) EXPECT_EQ(is_host_name(one.text), one.good) << one.text;
}

}  // namespace
}  // namespace base
