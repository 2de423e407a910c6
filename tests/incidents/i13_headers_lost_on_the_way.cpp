// I-13: a CDN dropped the key headers, and calls failed as if the key were wrong. Here "none
// arrived" and "not a good one" are two answers, and neither tells which keys exist.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class HeadersLostOnTheWay : public WebTest {};

TEST_F(HeadersLostOnTheWay, missing_and_wrong_are_told_apart) {
  struct Door {
    std::string host;
    std::string path;
    std::string header;
    std::string good;
  };
  for (const Door& door : {Door{jada().sites().ops, "/charters", "X-Dashboard-Token", jada().token},
                           Door{jada().sites().crew, "/events", "X-Service-Key", jada().key}}) {
    const Ask bare{Method::get, door.host, door.path, {}, {}};
    EXPECT_TRUE(is_problem(ask(bare), 401, "missing-credential")) << door.path;
    EXPECT_TRUE(is_problem(ask(bare.with(door.header, "")), 401, "missing-credential"));
    const Response wrong = ask(bare.with(door.header, door.good + "x"));
    EXPECT_TRUE(is_problem(wrong, 401, "wrong-credential")) << door.path;
    const Response unknown = ask(bare.with(door.header, "jada.nobody.secret"));
    EXPECT_EQ(unknown.body, wrong.body) << "a key that exists sounds like one that does not";
    EXPECT_EQ(ask(bare.with(door.header, door.good)).status, 200) << door.path;
  }
}

TEST_F(HeadersLostOnTheWay, a_key_in_the_address_opens_nothing) {
  for (const std::string name : {"key", "token", "X-Dashboard-Token"}) {
    const Response response =
        ask({Method::get, jada().sites().ops, "/charters?" + name + "=" + jada().token, {}, {}});
    EXPECT_GE(response.status, 400) << name;
    EXPECT_FALSE(has(response.body, jada().token));
  }
}

}  // namespace incidents
