// A process that serves some sites only, and a host where the credential names the operator.
#include "web/site_finder.h"

#include "tests/web/web_fixture.h"

namespace web::testing {

using base::Method;

namespace {

constexpr const char* api_host = "abc.execute-api.eu-west-1.amazonaws.example";

class PartlyServed : public WebTest {
 protected:
  Response asked(Serving serving, Ask call) {
    const app::Tenancy tenancy = serving == Serving::crew_and_guests
                                     ? app::Tenancy(desk().installation)
                                     : app::Tenancy(owners());
    Router part(tenancy, world(), pages(), {{}, {api_host}, serving});
    return part.answer({head_of(call), call.body});
  }
  Ask at_api(Method method, const char* target) { return {method, api_host, target, {}, {}}; }
};

}  // namespace

TEST_F(PartlyServed, a_site_of_another_process_is_a_host_nobody_knows) {
  const auto status = [&](Serving serving, const std::string& host, const char* target) {
    return asked(serving, {Method::get, host, target, {}, {}}).status;
  };
  const domain::Sites sites = jada().sites();
  EXPECT_EQ(status(Serving::owners, sites.ops, "/charters"), 401);
  EXPECT_EQ(status(Serving::owners, sites.crew, "/events"), 421);
  EXPECT_EQ(status(Serving::owners, sites.guest, "/g/nobody.html"), 421);
  EXPECT_EQ(status(Serving::crew_and_guests, sites.ops, "/charters"), 421);
  EXPECT_EQ(status(Serving::crew_and_guests, sites.crew, "/events"), 401);
  EXPECT_EQ(status(Serving::crew_and_guests, sites.guest, "/g/nobody.html"), 404);
  for (const Serving serving : {Serving::owners, Serving::crew_and_guests})
    EXPECT_EQ(status(serving, "nobody.example", "/healthz"), 200);
}

TEST_F(PartlyServed, without_a_way_to_the_books_no_owner_is_let_in_whatever_is_served) {
  Router router(app::Tenancy(desk().installation), world(), pages());
  const Ask call = Ask{Method::get, jada().sites().ops, "/charters", {}, {}}.with(
      "X-Dashboard-Token", jada().token);
  EXPECT_EQ(router.answer({head_of(call), {}}).status, 404);
}

TEST_F(PartlyServed, at_the_apis_own_host_the_credential_names_the_operator) {
  const std::string charter = book_example();
  const std::string path = "/charters/" + charter;
  const auto as = [&](Serving serving, const char* header, const std::string& value,
                      const char* target) {
    return asked(serving, at_api(Method::get, target).with(header, value));
  };
  EXPECT_EQ(as(Serving::owners, "X-Dashboard-Token", jada().token, path.c_str()).status, 200);
  EXPECT_EQ(as(Serving::owners, "X-Dashboard-Token", tern().token, path.c_str()).status, 404);
  EXPECT_EQ(as(Serving::crew_and_guests, "X-Service-Key", jada().key, "/events").status, 200);
  EXPECT_EQ(as(Serving::everything, "X-Service-Key", jada().key, "/events").status, 200);
}

TEST_F(PartlyServed, there_a_missing_credential_and_a_wrong_one_are_told_apart) {
  EXPECT_TRUE(is_problem(asked(Serving::owners, at_api(Method::get, "/charters")), 401,
                         "missing-credential"));
  EXPECT_TRUE(is_problem(
      asked(Serving::owners, at_api(Method::get, "/charters").with("X-Service-Key", jada().key)),
      401, "missing-credential"))
      << "the other door's";
  for (const std::string& wrong : {std::string("jada.a.b"), std::string("nobody.a.b"),
                                   "tern" + jada().token.substr(4), jada().token + "x"})
    EXPECT_TRUE(is_problem(
        asked(Serving::owners, at_api(Method::get, "/charters").with("X-Dashboard-Token", wrong)),
        401, "wrong-credential"))
        << wrong;
  for (const char* unnameable : {"", ".a.b", "../jada.a.b", "@due.a.b", "jada/x.a.b", "JADA.a.b"})
    EXPECT_TRUE(
        is_problem(asked(Serving::owners,
                         at_api(Method::get, "/charters").with("X-Dashboard-Token", unnameable)),
                   401, "missing-credential"))
        << unnameable;
}

TEST_F(PartlyServed, there_programs_are_served_and_nobody_else) {
  for (const char* target : {"/g/boatsetter-may-30.html", "/c/abc", "/nothing", "/o/photos/x"}) {
    EXPECT_EQ(asked(Serving::crew_and_guests, at_api(Method::get, target)).status, 404) << target;
    EXPECT_EQ(asked(Serving::crew_and_guests,
                    at_api(Method::get, target).with("X-Service-Key", jada().key))
                  .status,
              404)
        << target;
  }
}

}  // namespace web::testing
