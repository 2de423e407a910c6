// The friendly name of a guest page.
#include "domain/slug.h"

#include <string>

#include <gtest/gtest.h>

namespace domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::January;

struct SlugCase {
  const char* channel;
  std::chrono::year_month_day day;
  int nth;
  const char* slug;
};

TEST(Slug, is_channel_month_and_day) {
  const SlugCase cases[] = {
      {"boatsetter", 2027y / 5 / 30, 1, "boatsetter-may-30"},
      {"boatsetter", 2027y / 5 / 30, 2, "boatsetter-may-30-2"},
      {"boatsetter", 2027y / 5 / 30, 3, "boatsetter-may-30-3"},
      {"boatsetter", 2027y / 5 / 30, 500, "boatsetter-may-30-500"},
      {"getmyboat", 2027y / 7 / 4, 1, "getmyboat-jul-4"},
      {"harbor-west", 2028y / 2 / 29, 1, "harbor-west-feb-29"},
      {"direct", 2027y / 1 / 1, 1, "direct-jan-1"},
      {"direct", 2027y / 12 / 31, 1, "direct-dec-31"},
  };
  for (const SlugCase& one : cases) {
    const Slug slug = slug_for(Channel(one.channel), one.day, one.nth);
    EXPECT_EQ(slug.text(), one.slug);
    EXPECT_TRUE(is_page_name(slug.text())) << "the edge lets it through: " << slug.text();
  }
}

TEST(Slug, months_are_english_in_three_letters) {
  std::string months;
  for (int i = 0; i < 12; ++i) {
    const auto day = 2027y / (January + std::chrono::months(i)) / 5;
    months += slug_for(Channel("x"), day, 1).text().substr(1, 4);
  }
  EXPECT_EQ(months, "-jan-feb-mar-apr-may-jun-jul-aug-sep-oct-nov-dec");
}

TEST(Slug, page_names_are_letters_digits_and_hyphens) {
  for (const std::string& name : {std::string("boatsetter-may-30"), std::string("XHQGMDH"),
                                  std::string("a"), std::string("7"), std::string(80, 'z')})
    EXPECT_TRUE(is_page_name(name)) << name;
  for (const std::string& name :
       {std::string(), std::string(81, 'z'), std::string("a.html"), std::string("a/b"),
        std::string(".."), std::string("a b"), std::string("a_b"), std::string("a%2e"),
        std::string("ä"), std::string("a\0", 2), std::string("a\n")})
    EXPECT_FALSE(is_page_name(name)) << name;
}

}  // namespace
}  // namespace domain
