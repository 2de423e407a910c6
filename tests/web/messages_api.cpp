// Who gets which mail of a charter, and when, for its owner.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;

class MessagesApi : public WebTest {
 protected:
  MessagesApi() : charter_(book_example()) { run_jobs(); }
  std::string path() const { return "/charters/" + charter_ + "/messages"; }
  std::string charter_;
};

}  // namespace

// covers: GET /charters/{id}/messages works
TEST_F(MessagesApi, have_what_left_and_what_is_ahead) {
  const Response response = ask(jada().owner(get, path()));
  ASSERT_EQ(response.status, 200) << response.body;
  const json::object body = object_of(response);
  const json::array& messages = body.at("messages").as_array();
  ASSERT_EQ(messages.size(), 16U) << "four that left, and three reminders to each";
  EXPECT_EQ(messages[0].at("state"), json::value("done"));
  EXPECT_EQ(base::to_text(messages.back()),
            R"({"kind":"guest_reminder","to":"Dana Whitfield <dana@guest.example>",)"
            R"("leaves_at":"2027-05-30T20:30:00Z","leaves_at_dock":"2027-05-30T13:30:00-07:00",)"
            R"("quiet":false,"state":"planned","hours_before":3})");
}

// covers: GET /charters/{id}/messages refused
TEST_F(MessagesApi, are_the_owners_alone) {
  Ask nobody = jada().owner(get, path());
  nobody.headers.clear();
  EXPECT_TRUE(is_problem(refused(nobody), 401, "missing-credential"));
}

// covers: GET /charters/{id}/messages bad_input
TEST_F(MessagesApi, of_what_is_no_charter_there_are_none) {
  for (const char* id :
       {"jada.aaaaaaaaaaaaaaaa", "tern.aaaaaaaaaaaaaaaa", "jada", "%00", "a.b.c.d"})
    EXPECT_TRUE(is_problem(refused(jada().owner(get, "/charters/" + std::string(id) + "/messages")),
                           404, "not-found"))
        << id;
}

// covers: GET /charters/{id}/messages stranger
TEST_F(MessagesApi, of_another_operator_are_not_shown) {
  EXPECT_TRUE(is_problem(refused(tern().owner(get, path())), 404, "not-found"));
  Ask foreign = tern().owner(get, path());
  foreign.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
}

}  // namespace web::testing
