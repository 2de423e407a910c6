// A channel of "" made the page /g/-may-22.html and a kind of "" made a hold, because an empty text
// passed for one that somebody had already found fault with. And null, which counts as absent
// everywhere, was an unknown field where a field is only asked about.
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class EmptyFields : public WebTest {
 protected:
  static json::object block() {
    return {{"kind", "hold"},
            {"vessel", "jada"},
            {"title", "Maybe"},
            {"starts_at", "2027-06-10T10:00"},
            {"ends_at", "2027-06-10T13:00"}};
  }
};

TEST_F(EmptyFields, are_at_fault_where_a_text_is_required) {
  const struct {
    Ask question;
    std::string field;
  } cases[] = {
      {jada().owner(Method::post, "/bookings", changed(example_booking(), "/channel", "")),
       "channel"},
      {jada().owner(Method::post, "/bookings", changed(example_booking(), "/vessel", "")),
       "vessel"},
      {jada().owner(Method::post, "/calendar", changed(block(), "/kind", "")), "kind"},
      {jada().owner(Method::post, "/calendar", changed(block(), "/kind", " ")), "kind"},
  };
  for (const auto& [question, field] : cases)
    EXPECT_TRUE(is_problem(refused(question), 422, "invalid-request", {field})) << field;
}

TEST_F(EmptyFields, of_null_are_absent) {
  EXPECT_EQ(
      ask(jada().owner(Method::post, "/bookings", changed(example_booking(), "/ends_at", nullptr)))
          .status,
      201);
  json::object event = block();
  event.erase("kind");
  event["charter"] = nullptr;
  event["allow_amounts"] = nullptr;
  EXPECT_EQ(ask(jada().service(Method::post, "/events", base::to_text(event))).status, 201);
}

}  // namespace incidents
