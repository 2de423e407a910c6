// The crew's own page of days on which they cannot sail.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr const char* address = "/availability";
constexpr const char* may_31 = R"({"day":"2027-05-31","away":true})";

class Availability : public WebTest {
 protected:
  Availability() {
    charter_ = book_example();
    const std::string foreign = book_tern();
    run_jobs();
    ana_ = cookie_of(jada(), charter_, "ana");
    rui_ = cookie_of(tern(), foreign, "rui");
  }
  Ask reading(const std::string& cookie) {
    return jada().crew(get, address).with("Cookie", cookie).with("Accept", "text/html");
  }
  Ask saying(const std::string& body) {
    return jada().crew(post, address, body).with("Cookie", ana_);
  }
  Ask form(const std::string& body) {
    return saying(body)
        .with("Content-Type", "application/x-www-form-urlencoded")
        .with("Accept", "text/html");
  }
  static std::string button(const std::string& day, const std::string& name,
                            const std::string& pressed) {
    return R"(<button type="submit" name=")" + name + R"(" value=")" + day + R"(" aria-pressed=")" +
           pressed + R"(" id="d)" + day + '"';
  }

  std::string charter_;
  std::string ana_;
  std::string rui_;  // of the other operator
};

// covers: GET /availability works
TEST_F(Availability, is_a_page_of_plain_buttons_for_whoever_holds_a_pass) {
  const int before = commits();
  const Response page = ask(reading(ana_));
  EXPECT_EQ(commits(), before) << "reading changes nothing";
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8");
  for (const char* part : {"Days you cannot sail", "Ana Reyes", "May 2027", "July 2027"})
    EXPECT_TRUE(has(page.body, part)) << part;
  EXPECT_TRUE(has(page.body, button("2027-05-31", "away_on", "false")));
  EXPECT_TRUE(has(page.body, "aria-label=\"Sunday, 30 May 2027, you crew a trip\""));
  EXPECT_FALSE(has(page.body, "2027-05-21\"")) << "nothing of a day that is past";
  EXPECT_TRUE(has(page.body, "href=\"/charters/" + charter_ + '"')) << "and the way back";
  for (const char* hidden : {"Dana", "<script", "style=\"", "840", "Ben"})
    EXPECT_FALSE(has(page.body, hidden)) << hidden;
  const Response trip = ask(jada().crew(get, "/charters/" + charter_).with("Cookie", ana_));
  EXPECT_TRUE(has(trip.body, "href=\"/availability\""));
}

// covers: POST /availability works
TEST_F(Availability, is_said_as_json_and_by_a_button_and_taken_back) {
  Response said = ask(saying(may_31));
  EXPECT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(said.body, may_31);
  EXPECT_TRUE(has(ask(reading(ana_)).body, button("2027-05-31", "free_on", "true")));
  const int before = commits();
  EXPECT_EQ(ask(form("away_on=2027-05-31")).status, 303) << "pressed again on an old page";
  EXPECT_EQ(commits(), before);
  said = ask(form("free_on=2027-05-31"));
  EXPECT_EQ(said.status, 303);
  EXPECT_EQ(header_of(said, "Location"), "/availability#d2027-05-31");
  EXPECT_TRUE(has(ask(reading(ana_)).body, button("2027-05-31", "away_on", "false")));
  EXPECT_EQ(ask(form("day=2028-01-01&away=true")).status, 303);
  EXPECT_TRUE(has(ask(reading(ana_)).body, "Saturday, 1 January 2028")) << "further ahead";
  const Response bens = ask(reading(cookie_of(jada(), charter_, "ben")));
  EXPECT_FALSE(has(bens.body, "aria-pressed=\"true\"")) << "nobody sees another's";
}

TEST_F(Availability, belongs_to_whom_the_first_good_pass_of_the_browser_names) {
  const std::string dead(domain::token_length, 'a');
  const std::string live = ana_.substr(ana_.find('=') + 1);
  const auto holding = [&](const std::string& tokens) { return reading("__Host-crew=" + tokens); };
  EXPECT_TRUE(has(ask(holding(dead + "." + live)).body, "Ana Reyes"));
  const std::string bens = cookie_of(jada(), charter_, "ben");
  EXPECT_TRUE(has(ask(holding(bens.substr(bens.find('=') + 1) + "." + live)).body, "Ben Okafor"));
}

// covers: GET /availability refused
// covers: POST /availability refused
TEST_F(Availability, a_missing_cookie_a_dead_one_and_another_site_are_refused) {
  const Ask bare = jada().crew(post, address, may_31);
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  EXPECT_TRUE(is_problem(refused(jada().crew(get, address)), 401, "missing-credential"));
  EXPECT_TRUE(has(refused(reading("other=1")).body, "link")) << "a page for a person";
  std::string forged = ana_;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  EXPECT_TRUE(is_problem(refused(bare.with("Cookie", forged)), 401, "wrong-credential"));
  EXPECT_TRUE(is_problem(refused(saying(may_31).with("Origin", "https://evil.example")), 403,
                         "foreign-origin"));
  EXPECT_TRUE(is_problem(refused(form("away_on=2027-05-31").with("Sec-Fetch-Site", "cross-site")),
                         403, "foreign-origin"));
  advance_to(*base::parse_utc("2027-06-02T02:30:00Z"));
  EXPECT_TRUE(is_problem(refused(saying(may_31)), 401, "wrong-credential")) << "the pass is over";
}

// covers: GET /availability bad_input
// covers: POST /availability bad_input
TEST_F(Availability, what_is_no_day_that_can_be_said_is_named) {
  const int before = commits();
  const std::string by_address = "/availability?day=2027-05-31&away=true";
  EXPECT_EQ(ask(jada().crew(get, by_address).with("Cookie", ana_)).status, 200);
  EXPECT_EQ(commits(), before) << "a link says nothing";
  const struct {
    const char* body;
    const char* field;
  } cases[] = {
      {"{}", "day"},
      {R"({"day":"2027-05-31"})", "away"},
      {R"({"day":"2027-05-31","away":"yes"})", "away"},
      {R"({"day":"2027-05-32","away":true})", "day"},
      {R"({"day":"tomorrow","away":true})", "day"},
      {R"({"day":"2027-05-21","away":true})", "day"},
      {R"({"day":"2028-06-26","away":true})", "day"},
      {R"({"day":"2027-05-31","away":true,"member":"ben"})", "member"},
  };
  for (const auto& [body, field] : cases) {
    const Response response = refused(saying(body));
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_TRUE(has(response.body, std::string("\"field\":\"") + field + '"')) << response.body;
  }
  for (const char* body :
       {"", "away_on=2027-05-32", "away_on=2027-05-31&free_on=2027-05-31", "day=2027-05-31",
        "day=2027-05-31&away=maybe", "member=ben", "day=2027-05-31&away=true&away_on=2027-06-01"})
    EXPECT_EQ(refused(form(body)).status, 422) << body;
  EXPECT_EQ(refused(form("away_on=%zz")).status, 400);
  EXPECT_TRUE(is_problem(refused(saying("{")), 400, "malformed-request", {"body"}));
  EXPECT_TRUE(has(refused(form("away_on=2027-05-21")).body,
                  "role=\"alert\">Not noted: 2027-05-21 is past"));
  EXPECT_TRUE(has(refused(form("")).body, "Not noted: the day is required"));
  EXPECT_TRUE(has(refused(form("away_on=2027-05-32")).body,
                  "Not noted: the day names a day that its month does not have"));
}

// covers: GET /availability stranger
// covers: POST /availability stranger
TEST_F(Availability, is_closed_to_a_stranger) {
  const Ask theirs = jada().crew(post, address, may_31).with("Cookie", rui_);
  EXPECT_TRUE(is_problem(refused(theirs), 401, "wrong-credential"));
  EXPECT_TRUE(
      is_problem(refused(jada().crew(get, address).with("Cookie", rui_)), 401, "wrong-credential"));
  EXPECT_TRUE(is_problem(refused(jada().owner(get, address)), 404, "not-found"));
}

}  // namespace
}  // namespace web::testing
