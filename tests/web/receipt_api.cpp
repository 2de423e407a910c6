// The owner's receipts with all that tells of a charter, the drift of all of them, and renewing
// what is stale.
#include "app/check_drift.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

class Receipts : public WebTest {
 protected:
  void told() {
    charter_ = book_example();
    run_jobs();
  }
  json::object read(const std::string& target) {
    const Response response = ask(jada().owner(get, target));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response);
  }
  json::object receipt() { return read("/charters/" + charter_ + "/receipt"); }
  // Of the artefacts in one state, their kinds.
  static std::vector<std::string> kinds(const json::value& artefacts, std::string_view state) {
    std::vector<std::string> found;
    for (const json::value& one : artefacts.as_array())
      if (one.at("state").as_string() == state) found.emplace_back(one.at("kind").as_string());
    return found;
  }
  void spoil_the_page() {
    const ports::ObjectName name{domain::TenantId("jada"), "boatsetter-may-30.html"};
    const auto facts = object_store().facts(name).value();
    ASSERT_TRUE(object_store().put(name, {"<p>wrong</p>", "text/html", facts->version}));
  }
  Ask renew() const { return jada().owner(post, "/charters/" + charter_ + "/renew"); }

  std::string charter_;
};

TEST_F(Receipts, list_every_artefact_with_the_revision_it_was_rendered_from) {
  told();
  const json::object body = receipt();
  EXPECT_EQ(body.at("revision"), json::value(1));
  EXPECT_EQ(base::to_text(body.at("artefacts").as_array().at(0)),
            R"({"kind":"guest_page","to":"boatsetter-may-30.html","state":"current",)"
            R"("rendered_revision":1})");
  EXPECT_EQ(kinds(body.at("artefacts"), "current").size(), 9U);
  ASSERT_EQ(
      ask(jada()
              .owner(Method::patch, "/charters/" + charter_, R"({"starts_at":"2027-05-30T15:30"})")
              .with("If-Match", "\"1\""))
          .status,
      200);
  const json::object moved = receipt();
  EXPECT_EQ(moved.at("revision"), json::value(2));
  EXPECT_EQ(kinds(moved.at("artefacts"), "due"),
            (std::vector<std::string>{"guest_page", "guest_calendar", "crew_mail", "crew_mail",
                                      "crew_mail", "guest_mail"}));
}

// covers: POST /charters/{id}/renew works bad_input
TEST_F(Receipts, put_right_what_is_stale) {
  told();
  EXPECT_EQ(base::to_text(object_of(ask(renew()))), R"({"renewed":[]})");
  spoil_the_page();
  EXPECT_EQ(kinds(receipt().at("artefacts"), "stale"), std::vector<std::string>{"guest_page"});
  for (const char* body : {R"({"force":true})", "now", "[]"})
    EXPECT_TRUE(is_problem(refused(jada().owner(post, "/charters/" + charter_ + "/renew", body)),
                           422, "invalid-request", {"body"}));
  const Response renewed = ask(renew());
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  EXPECT_EQ(renewed.body, R"({"renewed":[{"kind":"guest_page","to":"boatsetter-may-30.html",)"
                          R"("state":"stale","rendered_revision":1,)"
                          R"("reason":"does not say what the charter says","job":")" +
                              charter_ + R"(.guest_page.1"}]})");
  EXPECT_EQ(kinds(receipt().at("artefacts"), "due"), std::vector<std::string>{"guest_page"});
  run_jobs();
  EXPECT_EQ(kinds(receipt().at("artefacts"), "current").size(), 9U);
}

// covers: POST /charters/{id}/renew stranger
TEST_F(Receipts, of_another_operator_are_neither_renewed_nor_shown) {
  told();
  spoil_the_page();
  const Ask call = tern().owner(post, "/charters/" + charter_ + "/renew");
  EXPECT_TRUE(is_problem(refused(call), 404, "not-found"));
  Ask foreign = call;
  foreign.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
}

// covers: GET /drift works
TEST_F(Receipts, of_all_charters_are_one_report) {
  told();
  const std::string other = book(jada(), small_booking("2027-06-01T10:00"));
  run_jobs();
  spoil_the_page();
  const json::object body = read("/drift");
  const json::array& charters = body.at("charters").as_array();
  ASSERT_EQ(charters.size(), 2U);
  EXPECT_EQ(charters[0].at("charter"), json::value(charter_));
  EXPECT_EQ(charters[0].at("revision"), json::value(1));
  EXPECT_EQ(kinds(charters[0].at("artefacts"), "stale"), std::vector<std::string>{"guest_page"});
  EXPECT_EQ(charters[1].at("charter"), json::value(other));
  EXPECT_EQ(kinds(charters[1].at("artefacts"), "stale"), std::vector<std::string>{});
  EXPECT_TRUE(body.at("last_check").is_null());
  EXPECT_EQ(read("/drift?from=2027-06-01&to=2027-06-01").at("charters").as_array().size(), 1U);

  ASSERT_TRUE(
      app::check_drift(owners().owner(domain::TenantId("jada")), world(), [] { return true; }));
  const json::object last = read("/drift").at("last_check").as_object();
  EXPECT_EQ(last.at("stale"), json::value(1));
  EXPECT_EQ(last.at("complete"), json::value(true));
  EXPECT_EQ(last.at("findings").at(0).at("charter"), json::value(charter_));
  run_jobs();
  EXPECT_EQ(kinds(read("/drift").at("charters").at(0).at("artefacts"), "stale"),
            std::vector<std::string>{});
}

// covers: GET /drift bad_input
TEST_F(Receipts, of_days_that_are_none_are_refused) {
  const std::pair<const char*, const char*> cases[] = {{"from=2027-02-30", "from"},
                                                       {"to=soon", "to"},
                                                       {"from=2027-05-30&to=2027-05-29", "to"},
                                                       {"page=0", "page"},
                                                       {"page=x", "page"},
                                                       {"status=sunk", "status"},
                                                       {"from=2027-01-01&to=2029-12-31", "to"}};
  for (const auto& [query, field] : cases)
    EXPECT_TRUE(is_problem(refused(jada().owner(get, std::string("/drift?") + query)), 422,
                           "invalid-request", {field}))
        << query;
}

// covers: GET /drift stranger
TEST_F(Receipts, of_another_operator_stand_in_no_report) {
  told();
  const Response report = ask(tern().owner(get, "/drift"));
  EXPECT_EQ(report.body, R"({"charters":[],"page":1,"pages":1,"last_check":null})");
  Ask foreign = tern().owner(get, "/drift");
  foreign.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
}

}  // namespace
}  // namespace web::testing
