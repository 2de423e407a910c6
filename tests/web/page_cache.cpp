// The cache of ready pages on its own: who may enter, when, and for how long.
#include "web/page_cache.h"

#include <gtest/gtest.h>

namespace web {
namespace {

using base::Instant;
using std::chrono::seconds;

const Instant now{std::chrono::sys_days(std::chrono::year(2027) / 5 / 3)};
const Instant later = now + seconds(60);

CachedPage page(const std::string& path, const std::string& charter, const std::string& body) {
  base::Response response;
  response.body = body;
  response.set("ETag", etag_of(body));
  return {"guest.jada.localhost", path, domain::CharterId(charter), later, response};
}

class PageCacheTest : public ::testing::Test {
 protected:
  bool holds(const std::string& path, Instant at = now) {
    return pages_.find({"guest.jada.localhost", path, {}}, at) != nullptr;
  }
  PageCache pages_{3};
};

TEST_F(PageCacheTest, finds_a_page_by_host_and_path) {
  pages_.put(page("/g/a.html", "jada.a", "A"), pages_.generation(), now);
  EXPECT_TRUE(holds("/g/a.html"));
  EXPECT_FALSE(holds("/g/b.html"));
  EXPECT_EQ(pages_.find({"guest.tern.localhost", "/g/a.html", {}}, now), nullptr);
}

TEST_F(PageCacheTest, a_page_rendered_before_a_commit_cannot_enter_after_it) {
  const auto generation = pages_.generation();
  pages_.drop(domain::CharterId("jada.a"));
  pages_.put(page("/g/a.html", "jada.a", "old"), generation, now);
  EXPECT_FALSE(holds("/g/a.html"));
  const auto before_all = pages_.generation();
  pages_.drop_all();
  pages_.put(page("/g/a.html", "jada.a", "old"), before_all, now);
  EXPECT_FALSE(holds("/g/a.html"));
}

TEST_F(PageCacheTest, drops_all_pages_of_one_charter_and_no_other) {
  pages_.put(page("/g/a.html", "jada.a", "A"), pages_.generation(), now);
  pages_.put(page("/g/a.ics", "jada.a", "A"), pages_.generation(), now);
  pages_.put(page("/g/b.html", "jada.b", "B"), pages_.generation(), now);
  pages_.drop(domain::CharterId("jada.a"));
  EXPECT_FALSE(holds("/g/a.html"));
  EXPECT_FALSE(holds("/g/a.ics"));
  EXPECT_TRUE(holds("/g/b.html"));
  pages_.drop_all();
  EXPECT_FALSE(holds("/g/b.html"));
}

TEST_F(PageCacheTest, each_encoding_is_an_answer_of_its_own) {
  pages_.put(page("/g/a.html", "jada.a", std::string(2000, 'A')), pages_.generation(), now);
  const auto in = [&](std::string_view accepted) {
    return pages_.find({"guest.jada.localhost", "/g/a.html", accepted}, now);
  };
  const auto plain = in("");
  const auto gzip = in("gzip, deflate");
  const auto brotli = in("gzip, deflate, br");
  EXPECT_NE(gzip->full.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(brotli->full.find("Content-Encoding: br\r\n"), std::string::npos);
  EXPECT_EQ(plain->full.find("Content-Encoding"), std::string::npos);
  EXPECT_LT(gzip->full.size(), plain->full.size() / 3);
  EXPECT_LT(brotli->full.size(), plain->full.size() / 3);
  EXPECT_NE(gzip->etag, plain->etag);
  EXPECT_NE(gzip->etag, brotli->etag);
  EXPECT_NE(brotli->not_modified.find("ETag: " + brotli->etag), std::string::npos);
  // The answer to HEAD tells the length of what GET would bring.
  EXPECT_TRUE(brotli->full.starts_with(brotli->head));
}

TEST_F(PageCacheTest, never_outlives_the_instant_a_page_is_gone) {
  pages_.put(page("/g/a.html", "jada.a", "A"), pages_.generation(), now);
  EXPECT_TRUE(holds("/g/a.html", later - seconds(1)));
  EXPECT_FALSE(holds("/g/a.html", later));
}

TEST_F(PageCacheTest, makes_room_when_it_is_full_and_keeps_the_newest) {
  for (const char* path : {"/1", "/2", "/3", "/4"})
    pages_.put(page(path, "jada.a", path), pages_.generation(), now);
  int held = 0;
  for (const char* path : {"/1", "/2", "/3", "/4"}) held += holds(path) ? 1 : 0;
  EXPECT_EQ(held, 3);
  EXPECT_TRUE(holds("/4"));
}

TEST_F(PageCacheTest, a_page_that_is_known_takes_no_other_ones_room) {
  for (const char* path : {"/1", "/2", "/3", "/3", "/3"})
    pages_.put(page(path, "jada.a", path), pages_.generation(), now);
  for (const char* path : {"/1", "/2", "/3"}) EXPECT_TRUE(holds(path)) << path;
}

TEST_F(PageCacheTest, tags_differ_with_the_bytes) {
  EXPECT_EQ(etag_of("A"), etag_of("A"));
  EXPECT_NE(etag_of("A"), etag_of("B"));
  EXPECT_EQ(etag_of("A").front(), '"');
  EXPECT_EQ(etag_of("A").back(), '"');
}

TEST_F(PageCacheTest, dates_are_of_fixed_width) {
  EXPECT_EQ(http_date(now), "Mon, 03 May 2027 00:00:00 GMT");
  EXPECT_EQ(http_date(now + std::chrono::hours(24 * 20)), "Sun, 23 May 2027 00:00:00 GMT");
}

}  // namespace
}  // namespace web
