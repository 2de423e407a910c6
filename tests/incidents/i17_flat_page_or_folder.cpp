// I-17: pages were stored under one scheme and rewritten under another, and links were 404. Here
// every form that was ever sent leads to the page, and nothing that climbs or doubles does.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class FlatPageOrFolder : public WebTest {};

TEST_F(FlatPageOrFolder, links_of_every_era_arrive) {
  book_example();
  for (std::string path :
       {"/g/boatsetter-may-30.html", "/g/boatsetter-may-30", "/g/boatsetter-may-30/", "/g/XHQGMDH",
        "/g/XHQGMDH/", "/g/XHQGMDH.html"}) {
    Response response = ask(jada().guest(path));
    for (int hops = 0; response.status == 308 && hops < 3; ++hops)
      response = ask(jada().guest(header_of(response, "Location")));
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_TRUE(has(response.body, "Harbor Island")) << path;
  }
}

TEST_F(FlatPageOrFolder, other_cases_dots_and_slashes_do_not) {
  book_example();
  for (const char* path :
       {"/g/BOATSETTER-may-30.html", "/g/boatsetter-may-30.HTML", "/g//boatsetter-may-30.html",
        "//g/boatsetter-may-30.html", "/g/%2e%2e/boatsetter-may-30.html",
        "/g/../g/boatsetter-may-30.html", "/g/boatsetter%2dmay-30.html",
        "/g/boatsetter-may-30.html/", "/g/boatsetter-may-30//", "/boatsetter-may-30.html"})
    EXPECT_EQ(ask(jada().guest(path)).status, 404) << path;
}

}  // namespace incidents
