// The owner's roster, and the days that they put in order for somebody.
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
