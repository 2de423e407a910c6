// The owner's view of charters: the list, one of them, receipt, settlement, replay.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

class Charters : public WebTest {
 protected:
  std::vector<std::string> listed(const std::string& query) {
    const Response response = ask(jada().owner(get, "/charters" + query));
    EXPECT_EQ(response.status, 200) << response.body;
    std::vector<std::string> ids;
    const json::object body = object_of(response);
    for (const json::value& charter : body.at("charters").as_array())
      ids.emplace_back(charter.at("charter").as_string());
    return ids;
  }
  json::object read(const std::string& target) {
    const Response response = ask(jada().owner(get, target));
    EXPECT_EQ(response.status, 200) << target << " " << response.body;
    return object_of(response);
  }
};

using Ids = std::vector<std::string>;

// covers: ops GET /charters works
TEST_F(Charters, are_listed_by_dock_day_vessel_and_status) {
  json::object late = small_booking("2027-05-29T22:00");  // the 30th already, in UTC
  const std::string evening = book(jada(), late);
  const std::string example = book_example();
  late["vessel"] = "skiff";
  late["starts_at"] = "2027-05-31T10:00";
  const std::string skiff = book(jada(), late);
  const struct {
    const char* query;
    Ids ids;
  } cases[] = {
      {"", {evening, example, skiff}},
      {"?from=2027-05-30&to=2027-05-30", {example}},
      {"?from=2027-05-29&to=2027-05-29", {evening}},
      {"?from=2027-05-30", {example, skiff}},
      {"?to=2027-05-30", {evening, example}},
      {"?from=2027-06-01&to=2027-06-30", {}},
      {"?vessel=skiff", {skiff}},
      {"?vessel=jada&to=2027-05-29", {evening}},
      {"?vessel=pinta", {}},
      {"?status=confirmed&vessel=jada", {evening, example}},
      {"?page=2", {}},
  };
  for (const auto& [query, ids] : cases) EXPECT_EQ(listed(query), ids) << query;
}

TEST_F(Charters, come_in_pages_of_fifty) {
  constexpr int charters = 51;
  const auto first_day = std::chrono::sys_days(std::chrono::year(2027) / 6 / 1);
  for (int i = 0; i < charters; ++i)
    book(jada(), small_booking(base::format_utc(first_day + std::chrono::days(i)).substr(0, 10) +
                               "T10:00"));
  const Ids first = listed("?page=1");
  const Ids second = listed("?page=2");
  EXPECT_EQ(first.size(), 50U);
  EXPECT_EQ(second.size(), 1U);
  EXPECT_EQ(std::count(first.begin(), first.end(), second.front()), 0);
  const json::object page = read("/charters?page=2");
  EXPECT_EQ(page.at("page"), json::value(2));
  EXPECT_EQ(page.at("pages"), json::value(2));
}

// covers: ops GET /charters bad_input
TEST_F(Charters, cannot_be_asked_for_nonsense) {
  const struct {
    const char* query;
    const char* field;
  } cases[] = {
      {"?from=2027-13-01", "from"},
      {"?to=tomorrow", "to"},
      {"?from=2027-06-01&to=2027-05-01", "to"},
      {"?from=2020-01-01&to=2027-05-01", "to"},
      {"?status=flying", "status"},
      {"?page=0", "page"},
      {"?page=-1", "page"},
      {"?page=two", "page"},
      {"?page=99999999999999999999", "page"},
      {"?from=%zz", "query"},
      {"?vessel=%ff", "query"},
  };
  for (const auto& [query, field] : cases)
    EXPECT_TRUE(is_problem(refused(jada().owner(get, std::string("/charters") + query)), 422,
                           "invalid-request", {field}))
        << query;
}

// covers: ops GET /charters/{id} works
TEST_F(Charters, show_their_owner_everything) {
  const std::string id = book_example();
  const Response response = ask(jada().owner(get, "/charters/" + id));
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "ETag"), "\"1\"");
  const json::object body = object_of(response);
  const std::pair<const char*, json::value> facts[] = {
      {"charter", json::string(id)},
      {"status", "confirmed"},
      {"revision", 1},
      {"channel", "boatsetter"},
      {"reference", "XHQGMDH"},
      {"vessel", "jada"},
      {"dock", "Harbor Island, west dock"},
      {"starts_at", "2027-05-30T16:30:00-07:00"},
      {"ends_at", "2027-05-30T19:30:00-07:00"},
      {"timezone", "America/Los_Angeles"},
      {"starts_at_utc", "2027-05-30T23:30:00Z"},
      {"duration_minutes", 180},
      {"gross", "840.75"},
      {"captain_fee", "operator"},
      {"internal_notes", "Paid through Boatsetter"},
      {"crew_notes", "Guests bring their own food"},
      {"slug", "boatsetter-may-30"},
      {"guest", json::value(example_booking().at("guest"))},
      {"crew", json::value(example_booking().at("crew"))},
  };
  for (const auto& [name, value] : facts) {
    ASSERT_TRUE(body.contains(name)) << name;
    EXPECT_EQ(body.at(name), value) << name;
  }
}

// covers: GET /charters/{id}/settlement works
TEST_F(Charters, settle_to_the_cent) {
  const json::object money = read("/charters/" + book_example() + "/settlement");
  EXPECT_EQ(base::to_text(money),
            R"({"gross":"840.75","currency":"USD","lines":[{"kind":"pay","role":"captain",)"
            R"("member":"ana","hours":"3","rate":"50.00","amount":"150.00"},{"kind":"pay",)"
            R"("role":"crew","member":"ben","hours":"5","rate":"25.00","amount":"125.00"},)"
            R"({"kind":"pay","role":"crew","member":"cleo","hours":"5","rate":"25.00",)"
            R"("amount":"125.00"},{"kind":"fee","name":"port_tax","percent":"18",)"
            R"("amount":"151.34"}],"net":"289.41"})");
}

TEST_F(Charters, without_a_gross_have_no_net) {
  const json::object money =
      read("/charters/" + book(jada(), small_booking("2027-06-01T10:00")) + "/settlement");
  EXPECT_TRUE(money.at("gross").is_null());
  EXPECT_TRUE(money.at("net").is_null());
}

// covers: GET /charters/{id}/receipt works
TEST_F(Charters, keep_a_receipt_of_all_they_caused) {
  const std::string id = book_example();
  const auto states = [&] {
    std::map<std::string, std::string> found;
    const json::object receipt = read("/charters/" + id + "/receipt");
    for (const json::value& job : receipt.at("receipt").as_array())
      found[std::string(job.at("job").as_string()).substr(id.size() + 1)] =
          std::string(job.at("state").as_string());
    return found;
  };
  const std::vector<std::string> jobs = {"crew_call.1",      "crew_mail.1.ana", "crew_mail.1.ben",
                                         "crew_mail.1.cleo", "guest_mail.1",    "guest_page.1"};
  std::map<std::string, std::string> planned;
  std::map<std::string, std::string> done;
  for (const std::string& job : jobs) {
    planned[job] = "planned";
    done[job] = "done";
  }
  EXPECT_EQ(states(), planned);
  run_jobs();
  EXPECT_EQ(states(), done);
}

// covers: POST /jobs/{id}/replay works refused bad_input
TEST_F(Charters, have_jobs_that_can_run_again) {
  const std::string job = book_example() + ".guest_page.1";
  const std::string target = "/jobs/" + job + "/replay";
  EXPECT_TRUE(is_problem(refused(jada().owner(post, target)), 409, "conflict")) << "planned";
  run_jobs();
  for (const char* body : {R"({"force":true})", "now", "[]"})
    EXPECT_TRUE(
        is_problem(refused(jada().owner(post, target, body)), 422, "invalid-request", {"body"}));
  const Response again = ask(jada().owner(post, target, "{}"));
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(text_at(again, "job"), job);
  EXPECT_EQ(text_at(again, "state"), "planned");
  run_jobs();
  EXPECT_EQ(ask(jada().owner(post, target)).status, 200) << "done again, so it can be replayed";
  for (const char* id : {"jada.none.guest_page.1", "none", "%00", "jada..1"})
    EXPECT_EQ(refused(jada().owner(post, std::string("/jobs/") + id + "/replay")).status, 404)
        << id;
}

// covers: ops GET /charters/{id} refused bad_input
// covers: GET /charters/{id}/receipt refused bad_input
// covers: GET /charters/{id}/settlement refused bad_input
TEST_F(Charters, that_are_not_there_are_404_however_their_id_is_written) {
  book_example();
  const std::string ids[] = {"jada.none",
                             "none",
                             "jada.",
                             "%00",
                             "%zz",
                             "%ff%fe",
                             "..%2f..%2fetc",
                             "%0d%0aX:%20",
                             "*",
                             "jada.none%2Fcharter",
                             "\xF0\x9F\x9B\xA5",
                             std::string(3000, 'a')};
  for (const std::string& id : ids)
    for (const char* below : {"", "/receipt", "/settlement"})
      EXPECT_TRUE(
          is_problem(refused(jada().owner(get, "/charters/" + id + below)), 404, "not-found"))
          << id << below;
}

// covers: ops GET /charters/{id} stranger
// covers: GET /charters/{id}/receipt stranger
// covers: GET /charters/{id}/settlement stranger
// covers: POST /jobs/{id}/replay stranger
TEST_F(Charters, of_another_operator_are_not_there) {
  const std::string id = book_example();
  run_jobs();
  const std::pair<Method, std::string> calls[] = {
      {get, "/charters/" + id},
      {get, "/charters/" + id + "/receipt"},
      {get, "/charters/" + id + "/settlement"},
      {post, "/jobs/" + id + ".guest_page.1/replay"},
  };
  for (const auto& [method, target] : calls) {
    EXPECT_TRUE(is_problem(refused(tern().owner(method, target)), 404, "not-found")) << target;
    Ask foreign = tern().owner(method, target);
    foreign.host = jada().sites().ops;
    EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential")) << target;
    EXPECT_LT(ask(jada().owner(method, target)).status, 300) << target;
  }
}

// covers: ops GET /charters stranger
TEST_F(Charters, are_never_listed_to_a_stranger) {
  book_example();
  const std::string own = book_tern();
  const Response list = ask(tern().owner(get, "/charters"));
  ASSERT_EQ(list.status, 200);
  EXPECT_TRUE(has(list.body, own));
  EXPECT_FALSE(has(list.body, "jada"));
  EXPECT_EQ(object_of(list).at("charters").as_array().size(), 1U);
}

}  // namespace
}  // namespace web::testing
