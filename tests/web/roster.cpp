// The owner's roster, and the days that they put in order for somebody.
#include "domain/job.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto put = Method::put;
constexpr const char* two_days = R"({"days":["2027-06-02","2027-05-30","2027-06-02"]})";

class Roster : public WebTest {
 protected:
  // The fixture's day is 22 May 2027 at the dock.
  Roster() {
    app::TenantFile file = jada_file();
    file.tenant.call.roles[domain::captain_role].needs = {"licence", "first-aid"};
    domain::Member& ana = file.tenant.members.front();
    ana.captain_order = 1;
    ana.credentials = {{"licence", *base::parse_date("2027-06-21")},
                       {"first-aid", *base::parse_date("2027-05-21")},
                       {"radio", *base::parse_date("2030-01-01")}};
    apply(file);
  }
  json::object member(std::string_view id) {
    const Response response = ask(jada().owner(get, "/crew"));
    EXPECT_EQ(response.status, 200) << response.body;
    const json::object body = object_of(response);
    for (const json::value& one : body.at("crew").as_array())
      if (one.at("member").as_string() == id) return one.as_object();
    ADD_FAILURE() << id;
    return {};
  }
  Ask putting(const std::string& body, const std::string& id = "ana") {
    return jada().owner(put, "/crew/" + id + "/away", body);
  }
  Ask inviting(const std::string& id = "ana") {
    return jada().owner(Method::post, "/crew/" + id + "/invite");
  }
  std::string invited_path() {
    const auto roster = domain::roster_of(jada().file.tenant.id);
    return magic_path(jada(), roster.text(), "ana");
  }
  static std::string cookie_in(const Response& opened) {
    const std::string cookie = header_of(opened, "Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  }
};

// covers: GET /crew works
TEST_F(Roster, says_who_there_is_what_they_hold_and_what_they_lack) {
  EXPECT_EQ(base::to_text(member("ana")),
            R"({"member":"ana","name":"Ana Reyes","roles":["captain"],"rank":null,)"
            R"("captain_order":1,"credentials":[)"
            R"({"kind":"licence","expires":"2027-06-21","state":"expires-soon"},)"
            R"({"kind":"first-aid","expires":"2027-05-21","state":"lapsed"},)"
            R"({"kind":"radio","expires":"2030-01-01","state":"good"}],)"
            R"("missing":[{"role":"captain","kind":"first-aid"}],"away":[]})");
  EXPECT_EQ(member("ben").at("missing").as_array().size(), 2U);
  EXPECT_TRUE(member("cleo").at("missing").as_array().empty());
}

// covers: PUT /crew/{member}/away works
TEST_F(Roster, takes_the_days_from_today_on_as_they_shall_be) {
  const Response response = ask(putting(two_days));
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(response.body, R"({"member":"ana","away":["2027-05-30","2027-06-02"]})");
  EXPECT_EQ(base::to_text(member("ana").at("away")), R"(["2027-05-30","2027-06-02"])");
  EXPECT_TRUE(member("ben").at("away").as_array().empty());
  const int before = commits();
  EXPECT_EQ(ask(putting(two_days)).body, response.body);
  EXPECT_EQ(commits(), before);
  EXPECT_EQ(ask(putting(R"({"days":[]})")).body, R"({"member":"ana","away":[]})");
}

// covers: POST /crew/{member}/invite works
TEST_F(Roster, invites_somebody_whom_no_trip_has_called) {
  const Response response = ask(inviting());
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(text_at(response, "job"), "jada.roster.crew_mail.1.ana");
  EXPECT_EQ(text_at(response, "to"), "ana@crew.example");
  const int before = commits();
  EXPECT_EQ(ask(inviting()).body, response.body) << "before it has left";
  EXPECT_EQ(commits(), before);
  run_jobs();
  const Response opened = ask(jada().crew(get, invited_path()));
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(header_of(opened, "Location"), "/availability");
  const std::string cookie = cookie_in(opened);
  const Response page = ask(jada().crew(get, "/availability").with("Cookie", cookie));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page.body, "Ana Reyes"));
  EXPECT_FALSE(has(page.body, "Back to the trip"));
  EXPECT_EQ(refused(jada().crew(get, "/charters/jada.roster").with("Cookie", cookie)).status, 404);
  EXPECT_EQ(text_at(ask(inviting()), "job"), "jada.roster.crew_mail.2.ana");
}

TEST_F(Roster, an_invitation_ends_with_who_leaves_and_is_not_their_successors) {
  ask(inviting());
  run_jobs();
  const std::string path = invited_path();
  const std::string cookie = cookie_in(ask(jada().crew(get, path)));
  app::TenantFile without_ana = jada_file();
  without_ana.tenant.members.erase(without_ana.tenant.members.begin());
  apply(without_ana);
  EXPECT_EQ(refused(jada().crew(get, path)).status, 404);
  apply(jada_file());
  EXPECT_TRUE(is_problem(refused(jada().crew(get, "/availability").with("Cookie", cookie)), 401,
                         "wrong-credential"));
  EXPECT_EQ(refused(jada().crew(get, path)).status, 404);
}

// covers: POST /crew/{member}/invite refused bad_input stranger
TEST_F(Roster, invites_nobody_else) {
  EXPECT_TRUE(is_problem(refused(inviting("zoe")), 404, "not-found"));
  EXPECT_TRUE(is_problem(refused(jada().owner(Method::post, "/crew/ana/invite", R"({"to":"x"})")),
                         422, "invalid-request", {"body"}));
  const Ask bare{Method::post, jada().sites().ops, "/crew/ana/invite", {}, {}};
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  Ask theirs = tern().owner(Method::post, "/crew/ana/invite");
  EXPECT_TRUE(is_problem(refused(theirs), 404, "not-found"));
  theirs.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(theirs), 401, "wrong-credential"));
}

// covers: GET /crew refused
// covers: PUT /crew/{member}/away refused
TEST_F(Roster, is_the_owners_alone) {
  const Ask bare{get, jada().sites().ops, "/crew", {}, {}};
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  EXPECT_TRUE(
      is_problem(refused(bare.with("X-Dashboard-Token", "jada.x.y")), 401, "wrong-credential"));
  EXPECT_TRUE(is_problem(refused(jada().service(get, "/crew")), 404, "not-found"));
  EXPECT_TRUE(is_problem(refused(putting(two_days, "zoe")), 404, "not-found"));
  const Ask unproved{put, jada().sites().ops, "/crew/ana/away", two_days, {}};
  EXPECT_TRUE(is_problem(refused(unproved), 401, "missing-credential"));
}

// covers: GET /crew bad_input
// covers: PUT /crew/{member}/away bad_input
TEST_F(Roster, names_what_is_no_day) {
  EXPECT_TRUE(
      is_problem(refused(jada().owner(Method::post, "/crew", "{}")), 405, "method-not-allowed"));
  const struct {
    const char* body;
    const char* field;
  } cases[] = {
      {"{}", "days"},
      {R"({"days":"2027-05-30"})", "days"},
      {R"({"days":["2027-05-30","2027-05-32"]})", "days[1]"},
      {R"({"days":[20270530]})", "days[0]"},
      {R"({"days":["2027-05-21"]})", "days"},
      {R"({"days":["2028-06-26"]})", "days"},
      {R"({"days":[],"from":"2027-05-30"})", "from"},
  };
  for (const auto& [body, field] : cases)
    EXPECT_TRUE(is_problem(refused(putting(body)), 422, "invalid-request", {field})) << body;
  EXPECT_TRUE(is_problem(refused(putting("[")), 400, "malformed-request", {"body"}));
}

// covers: GET /crew stranger
// covers: PUT /crew/{member}/away stranger
TEST_F(Roster, is_closed_to_a_stranger) {
  EXPECT_FALSE(has(ask(tern().owner(get, "/crew")).body, "Ana"));
  EXPECT_TRUE(is_problem(refused(tern().owner(put, "/crew/ana/away", two_days)), 404, "not-found"));
  for (Ask here : {tern().owner(get, "/crew"), tern().owner(put, "/crew/ana/away", two_days)}) {
    here.host = jada().sites().ops;
    EXPECT_TRUE(is_problem(refused(here), 401, "wrong-credential"));
  }
}

}  // namespace
}  // namespace web::testing
