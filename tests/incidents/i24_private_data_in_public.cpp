// I-24: a calendar with guests' and crew's names was read through a public address, and posts
// showed telephone numbers. Here the page shows first names at most, and a feed has its secret.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class PrivateDataInPublic : public WebTest {};

TEST_F(PrivateDataInPublic, page_and_file_hold_no_surname_address_number_or_crew) {
  book_example();
  run_jobs();
  for (const char* path : {"/g/boatsetter-may-30.html", "/g/boatsetter-may-30.ics"}) {
    const Response response = ask(jada().guest(path));
    ASSERT_EQ(response.status, 200);
    EXPECT_TRUE(has(header_of(response, "X-Robots-Tag"), "noindex")) << path;
    for (const char* secret :
         {"Whitfield", "dana@", "@guest.example", "619555", "619 555", "840", "XHQGMDH", "Ana",
          "Reyes", "Okafor", "@crew.example", "Guests bring", "Paid through", "#k="})
      EXPECT_FALSE(has(response.body, secret)) << path << ": " << secret;
  }
}

TEST_F(PrivateDataInPublic, the_owners_feed_opens_for_its_own_key_alone) {
  book_example();
  const std::string key = domain::feed_key_for(world().server_key, domain::TenantId("jada"));
  const std::string foreign = domain::feed_key_for(world().server_key, domain::TenantId("tern"));
  const auto feed = [&](const std::string& query) {
    return ask({Method::get, jada().sites().ops, "/calendar.ics" + query, {}, {}});
  };
  EXPECT_EQ(feed("?key=" + key).status, 200);
  for (const std::string& query : {std::string(), std::string("?key="), "?key=" + foreign,
                                   "?key=" + key + "a", "?key=" + key.substr(1)}) {
    const Response response = feed(query);
    EXPECT_GE(response.status, 400) << query;
    EXPECT_FALSE(has(response.body, "Dana")) << query;
  }
}

}  // namespace incidents
