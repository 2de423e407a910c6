// The call over HTTP: the page of somebody who is asked for a seat, their answer, and the owner's
// list of trips at risk.
#include "app/ask_record.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

class Calls : public WebTest {
 protected:
  // A trip that seeks a captain; all who can are asked at once.
  void seek(std::string_view starts_at = "2027-05-30T16:30") {
    app::TenantFile file = jada().file;
    file.tenant.call.roles[domain::captain_role].mode = domain::AskMode::all;
    apply(file);
    json::object body = small_booking(starts_at);
    body["crew"] = json::parse(R"([{"role":"captain"},{"member":"cleo","role":"crew"}])");
    charter_ = book(jada(), body);
    run_jobs();
  }
  std::string page() const { return "/charters/" + charter_; }
  std::string asked_link(const std::string& member) {
    const auto kept = app::load_ask(desk().installation.operations(domain::TenantId("jada")),
                                    domain::CharterId(charter_), domain::MemberId(member))
                          .value();
    EXPECT_TRUE(kept) << member << " was not asked";
    if (!kept) return "";
    return "/c/" + domain::token_for(world().server_key, domain::TenantId("jada"),
                                     kept->value.ask.pass, domain::TokenUse::magic_link);
  }
  std::string asked_cookie(const std::string& member) {
    const Response opened = ask(jada().crew(get, asked_link(member)));
    EXPECT_EQ(opened.status, 303);
    const std::string cookie = header_of(opened, "Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  }
  Response form(const std::string& cookie, const std::string& body) {
    return ask(jada()
                   .crew(post, page() + "/answer", body)
                   .with("Content-Type", "application/x-www-form-urlencoded")
                   .with("Cookie", cookie));
  }
  json::object risks() {
    const Response response = ask(jada().owner(get, "/at-risk"));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response);
  }

  std::string charter_;
};

TEST_F(Calls, who_is_asked_sees_the_seat_and_nothing_of_the_crew_or_the_guest) {
  seek();
  const Response response = ask(jada().crew(get, page()).with("Cookie", asked_cookie("ana")));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(has(response.body, "Wanted on JADA: captain"));
  EXPECT_TRUE(has(response.body, "Yes, I’m in"));
  EXPECT_TRUE(has(response.body, "Sunday, 30 May 2027"));
  for (const char* hidden : {"Cleo", "checklist", "Life jackets", "Dana"})
    EXPECT_FALSE(has(response.body, hidden)) << hidden;
}

TEST_F(Calls, the_first_yes_has_the_seat_and_the_second_is_told_kindly) {
  seek();
  const std::string ana = asked_cookie("ana");
  const std::string ben = asked_cookie("ben");
  const Response yes = form(ana, "answer=yes&asked=1");
  EXPECT_EQ(yes.status, 303);
  EXPECT_TRUE(has(ask(jada().crew(get, page()).with("Cookie", ana)).body, "Before departure"));

  const Response late = form(ben, "answer=yes&asked=1");
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(has(late.body, "The seat is taken"));
  EXPECT_TRUE(has(late.body, "Thank you, Ben!"));
  const Response program = ask(jada()
                                   .crew(post, page() + "/answer", R"({"answer":"yes"})")
                                   .with("Content-Type", "application/json")
                                   .with("Cookie", ben));
  EXPECT_TRUE(is_problem(program, 409, "seat-taken"));
  const Response seen = ask(jada().crew(get, page()).with("Cookie", ben));
  EXPECT_EQ(seen.status, 200);
  EXPECT_TRUE(has(seen.body, "The seat is taken"));
  EXPECT_FALSE(has(seen.body, "Yes, I’m in"));
}

TEST_F(Calls, who_is_asked_can_tick_nothing_and_clock_nothing) {
  seek();
  const std::string ana = asked_cookie("ana");
  for (const char* address : {"/checklist/d1", "/hours"}) {
    const Response response = refused(jada()
                                          .crew(post, page() + address, R"({"done":true})")
                                          .with("Content-Type", "application/json")
                                          .with("Cookie", ana));
    EXPECT_GE(response.status, 400) << address;
  }
}

TEST_F(Calls, an_answer_after_the_cancellation_says_that_it_is_off) {
  seek();
  const std::string ana = asked_cookie("ana");
  ASSERT_EQ(ask(jada().owner(post, page() + "/cancel", R"({"cause":"weather"})")).status, 200);
  EXPECT_TRUE(is_problem(ask(jada()
                                 .crew(post, page() + "/answer", R"({"answer":"yes"})")
                                 .with("Content-Type", "application/json")
                                 .with("Cookie", ana)),
                         409, "charter-over"));
  EXPECT_TRUE(has(ask(jada().crew(get, page()).with("Cookie", ana)).body, "Cancelled: JADA"));
}

TEST_F(Calls, a_link_of_somebody_who_is_asked_opens_nothing_of_another_trip) {
  seek();
  const std::string ana = asked_cookie("ana");
  const std::string other = book(jada(), small_booking("2027-06-10T10:00"));
  EXPECT_EQ(ask(jada().crew(get, "/charters/" + other).with("Cookie", ana)).status, 404);
  EXPECT_EQ(ask(tern().crew(get, page()).with("Cookie", ana)).status, 401);
}

// covers: GET /at-risk works
TEST_F(Calls, at_risk_are_trips_whose_deadline_has_come_with_who_was_asked_and_when) {
  seek("2027-05-24T10:00");
  const json::array list = risks().at("charters").as_array();
  ASSERT_EQ(list.size(), 1U);
  const json::object& one = list[0].as_object();
  EXPECT_EQ(one.at("charter").as_string(), charter_);
  EXPECT_EQ(one.at("starts_at").as_string(), "2027-05-24T10:00:00-07:00");
  EXPECT_EQ(one.at("deadline").as_string(), "2027-05-22T17:00:00Z");
  EXPECT_EQ(base::to_text(one.at("seats").as_array().at(1)),
            R"({"role":"captain","state":"open"})");
  const json::array& asks = one.at("asks").as_array();
  ASSERT_EQ(asks.size(), 2U);
  EXPECT_EQ(asks[0].at("name").as_string(), "Ana Reyes");
  EXPECT_EQ(asks[0].at("state").as_string(), "waiting");
  EXPECT_FALSE(asks[0].at("asked_at").as_string().empty());
}

TEST_F(Calls, a_trip_that_is_far_off_is_not_at_risk_yet) {
  seek();
  EXPECT_TRUE(risks().at("charters").as_array().empty());
}

// covers: GET /at-risk refused
TEST_F(Calls, at_risk_is_for_the_owner_alone) {
  Ask nobody = jada().owner(get, "/at-risk");
  nobody.headers.clear();
  EXPECT_TRUE(is_problem(refused(nobody), 401, "missing-credential"));
}

// covers: GET /at-risk bad_input
TEST_F(Calls, at_risk_takes_no_body_and_no_other_method) {
  EXPECT_EQ(refused(jada().owner(post, "/at-risk", "{}")).status, 405);
  EXPECT_GE(refused(jada().owner(get, "/at-risk", R"({"from":1})")).status, 400);
}

// covers: GET /at-risk stranger
TEST_F(Calls, a_stranger_sees_only_their_own_risks) {
  seek("2027-05-24T10:00");
  Ask foreign = jada().owner(get, "/at-risk");
  foreign.headers = tern().owner(get, "/at-risk").headers;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
  const Response own = ask(tern().owner(get, "/at-risk"));
  EXPECT_TRUE(object_of(own).at("charters").as_array().empty());
}

}  // namespace
}  // namespace web::testing
