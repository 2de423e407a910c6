// I-31: a picture had the wrong extension, a closing tag was left over, a map frame was dead. Here
// each local reference of each page is served with its type, and every tag that opens closes.
#include <regex>

#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

namespace {

// What opens and is never closed, or closes what is not open; empty: the tags are in order.
std::string tag_fault(const std::string& html) {
  static const std::regex tag("<(/?)([a-z0-9]+)([^>]*)>");
  static const std::set<std::string> empty_elements = {"meta", "link",  "br",  "hr",
                                                       "img",  "input", "path"};
  std::vector<std::string> open;
  for (auto at = std::sregex_iterator(html.begin(), html.end(), tag); at != std::sregex_iterator();
       ++at) {
    const std::string name = at->str(2);
    if (empty_elements.contains(name) || at->str(3).ends_with("/")) continue;
    if (at->str(1).empty()) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

}  // namespace

class BrokenAssets : public WebTest {
 protected:
  void check(const Ask& question) {
    const Response page = ask(question);
    ASSERT_EQ(page.status, 200) << question.target;
    EXPECT_EQ(tag_fault(page.body), "") << question.target;
    static const std::regex reference(R"rx((?:href|src)="(/[^"#]*)")rx");
    int references = 0;
    for (auto at = std::sregex_iterator(page.body.begin(), page.body.end(), reference);
         at != std::sregex_iterator(); ++at) {
      ++references;
      // As the browser asks that has the page open: with its cookie.
      const Response file = ask({Method::get, question.host, at->str(1), {}, question.headers});
      EXPECT_EQ(file.status, 200) << at->str(1);
      EXPECT_EQ(header_of(file, "X-Content-Type-Options"), "nosniff") << at->str(1);
      EXPECT_FALSE(file.body.empty()) << at->str(1);
    }
    EXPECT_GE(references, 1) << question.target;
  }
};

TEST_F(BrokenAssets, every_page_is_whole_and_what_it_names_is_there) {
  const std::string trip = book_example();
  run_jobs();
  check(jada().guest("/g/boatsetter-may-30.html"));
  const std::string cookie = cookie_of(jada(), trip, "ana");
  check(jada().crew(Method::get, "/charters/" + trip).with("Cookie", cookie));
  check(jada().crew(Method::get, "/availability").with("Cookie", cookie));
}

TEST_F(BrokenAssets, the_finder_of_faults_finds_them) {
  EXPECT_EQ(tag_fault("<p>a<br>b</p>"), "");
  EXPECT_EQ(tag_fault("<p>a</p></div>"), "</div> closes nothing");
  EXPECT_EQ(tag_fault("<div><p>a</div>"), "</div> closes p");
  EXPECT_EQ(tag_fault("<main><p>a</p>"), "<main> stays open");
}

}  // namespace incidents
