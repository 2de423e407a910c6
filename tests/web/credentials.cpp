// Who may be named for a role that needs a credential: the same answer at each address that names.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

class Credentials : public WebTest {
 protected:
  // Captains need a licence; Ana's lasts until the day of the example's trip, Ben has none.
  void SetUp() override {
    app::TenantFile file = jada_file();
    file.tenant.call.roles[domain::captain_role].needs = {"licence"};
    for (domain::Member& member : file.tenant.members)
      if (member.id.text() == "ana")
        member.credentials = {{"licence", *base::parse_date("2027-05-30")}};
    apply(file);
  }
};

bool says(const Response& response, std::string_view message) {
  return has(response.body, message);
}

constexpr std::string_view lapses =
    "Ana Reyes's licence lapses on 2027-05-30, before this trip ends";
constexpr std::string_view lacks = "Ben Okafor has no licence on record";

TEST_F(Credentials, are_asked_for_by_a_booking) {
  book_example();
  const json::object later = small_booking("2027-06-02T10:00");
  for (const auto& [member, message] : {std::pair("ana", lapses), std::pair("ben", lacks)}) {
    json::object body = later;
    body["crew"] = json::array{json::object{{"member", member}, {"role", "captain"}}};
    const Response response = refused(jada().owner(Method::post, "/bookings", base::to_text(body)));
    EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"crew[0].member"})) << response.body;
    EXPECT_TRUE(says(response, message)) << response.body;
  }
}

TEST_F(Credentials, are_asked_for_by_an_event) {
  json::object body{{"title", "Sunset sail"},
                    {"vessel", "jada"},
                    {"starts_at", "2027-06-02T10:00"},
                    {"ends_at", "2027-06-02T12:00"}};
  body["crew"] = json::array{json::object{{"member", "ana"}, {"role", "captain"}}};
  Response response = refused(jada().service(Method::post, "/events", base::to_text(body)));
  EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"crew[0].member"})) << response.body;
  EXPECT_TRUE(says(response, lapses)) << response.body;

  const std::string charter = book(jada(), small_booking("2027-06-05T10:00"));
  const json::object more{{"charter", charter}, {"crew", body["crew"]}};
  response = refused(jada().service(Method::post, "/events", base::to_text(more)));
  EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"crew[0].member"})) << response.body;
  EXPECT_TRUE(says(response, lapses)) << response.body;
}

TEST_F(Credentials, are_asked_for_by_a_change) {
  const std::string charter = book_example();
  const auto patch = [&](const json::object& body) {
    return refused(jada()
                       .owner(Method::patch, "/charters/" + charter, base::to_text(body))
                       .with("If-Match", "\"1\""));
  };
  Response response = patch({{"starts_at", "2027-05-31T16:30"}});
  EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"starts_at"})) << response.body;
  EXPECT_TRUE(says(response, lapses)) << response.body;
  response = patch({{"crew", json::array{json::object{{"member", "ben"}, {"role", "captain"}}}}});
  EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"crew[0].member"})) << response.body;
  EXPECT_TRUE(says(response, lacks)) << response.body;
}

}  // namespace
}  // namespace web::testing
