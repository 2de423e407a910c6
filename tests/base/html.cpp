// The HTML writer: what compiles, and what values become.
#include "base/html.h"

#include <concepts>

#include <gtest/gtest.h>

namespace base::html {
namespace {

template <class T>
concept Writable = requires(Page& page, T value) { page << value; };
template <class T>
concept NamesAttribute = requires(T value) { attribute(value, "x"); };

static_assert(!Writable<std::string>, "an unescaped text");
static_assert(!Writable<std::string_view>);
static_assert(!Writable<const char*>, "a literal by pointer could be anything");
static_assert(!Writable<int>);
static_assert(!NamesAttribute<std::string>);
static_assert(!NamesAttribute<const char*>);
static_assert(Writable<Text> && Writable<Attribute> && Writable<Url> && Writable<Number>);

struct Row {
  std::string_view given;
  std::string_view written;
};

TEST(Html, text_is_escaped) {
  const Row rows[] = {
      {"plain", "plain"},
      {"", ""},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"Tom & \"Jerry\"'s", "Tom &amp; &#34;Jerry&#34;&#39;s"},
      {"&amp;", "&amp;amp;"},
      {"]]><!--", "]]&gt;&lt;!--"},
      {"ä ⛵ 👩‍✈️", "ä ⛵ 👩‍✈️"},
      {"line\nline\ttab", "line\nline\ttab"},
      {"a\rb",
       "a\xEF\xBF\xBD"
       "b"},
      {std::string_view("a\0b", 3),
       "a\xEF\xBF\xBD"
       "b"},
      {"bell\x07", "bell\xEF\xBF\xBD"},
      {"\xC2\x85next", "\xEF\xBF\xBDnext"},
      {"\xE2\x80\xA8ls", "\xEF\xBF\xBDls"},
      {"\xE2\x80\xAEgnp.exe", "\xEF\xBF\xBDgnp.exe"},
      {"\xE2\x81\xA6iso\xE2\x81\xA9", "\xEF\xBF\xBDiso\xEF\xBF\xBD"},
      {"\xE2\x80\x8Fmark stays", "\xE2\x80\x8Fmark stays"},
      {"broken\xFF<", "broken\xEF\xBF\xBD&lt;"},
      {"cut\xE2\x80", "cut\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const Row& row : rows) EXPECT_EQ(escaped(row.given), row.written);
}

TEST(Html, addresses_lead_only_where_they_may) {
  for (const std::string_view good :
       {"https://host.example/x?a=b", "http://host.example", "HTTPS://host.example",
        "mailto:a@b.example", "tel:+16195550100", "/g/x.html", "/", "#top"})
    EXPECT_TRUE(is_safe_url(good)) << good;
  for (const std::string_view bad :
       {"javascript:alert(1)", "JaVaScript:alert(1)", " https://x", "\tjavascript:x",
        "java\nscript:x", "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example",
        "file:///etc/passwd", "https:evil", "x.html", "", "blob:https://x", "/a b"})
    EXPECT_FALSE(is_safe_url(bad)) << bad;
}

TEST(Html, values_stand_in_their_places) {
  Page page;
  const std::string hostile = "\"><script>";
  page << "<a" << url("href", "https://x.example/?a=1&b=\"2\"") << attribute("title", hostile)
       << ">" << text(hostile) << "</a><a" << url("href", "javascript:1") << ">" << num(-7)
       << "</a><p>" << lines("a\n<b>") << "</p>";
  EXPECT_EQ(page.bytes(),
            "<a href=\"https://x.example/?a=1&amp;b=&#34;2&#34;\" "
            "title=\"&#34;&gt;&lt;script&gt;\">&#34;&gt;&lt;script&gt;</a>"
            "<a href=\"#\">-7</a><p>a<br>&lt;b&gt;</p>");
}

TEST(Html, script_data_cannot_end_its_element) {
  Page page;
  const json::value data = {{"name", "</script><!-- & \xE2\x80\xA8"}};
  page << "<script type=\"application/json\">" << html::json(data) << "</script>";
  const std::string& bytes = page.bytes();
  EXPECT_EQ(bytes.find("</script>"), bytes.size() - 9);
  EXPECT_EQ(bytes.find("<!--"), std::string::npos);
  const auto from = bytes.find('>') + 1;
  const auto back = parse_json(bytes.substr(from, bytes.size() - 9 - from));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, data);
}

TEST(Html, parts_join) {
  Page item;
  item << "<li>" << text("a&b") << "</li>";
  Page page;
  page << "<ul>" << item << item << "</ul>";
  EXPECT_EQ(page.bytes(), "<ul><li>a&amp;b</li><li>a&amp;b</li></ul>");
}

TEST(Html, a_value_in_the_wrong_place_is_a_bug) {
  Page open_tag;
  open_tag << "<a";
  EXPECT_DEBUG_DEATH(open_tag << text("onclick=x"), "wrong place");
  Page between;
  between << "<p>";
  EXPECT_DEBUG_DEATH(between << attribute("title", "x"), "wrong place");
}

}  // namespace
}  // namespace base::html
