// What is called off, and what the crew's services change: cancel, and PATCH and DELETE of events.
#include "tests/web/changes_fixture.h"

namespace web::testing {
namespace {

// covers: ops POST /charters/{id}/cancel works
TEST_F(Changes, call_a_trip_off_and_its_slot_can_be_booked_again) {
  for (const char* cause : {"weather", "guest", "operator", "channel", "duplicate"}) {
    json::object booking = example_booking();
    booking["reference"] = std::string("R-") + cause;
    const std::string id = book(jada(), booking);
    run_jobs();
    const std::string body = std::string(R"({"cause":")") + cause + "\"}";
    const Response off = ask(cancel(id, body));
    ASSERT_EQ(off.status, 200) << off.body;
    EXPECT_EQ(text_at(off, "status"), "cancelled");
    EXPECT_EQ(text_at(off, "cancel_cause"), cause);
    EXPECT_EQ(header_of(off, "ETag"), "\"2\"");
    EXPECT_TRUE(has(ask(jada().guest("/g/" + text_at(off, "slug") + ".html")).body, "Cancelled"));
    EXPECT_TRUE(has(feed(), "STATUS:CANCELLED"));
    const Response listed = ask(jada().owner(get, "/charters?status=cancelled"));
    EXPECT_TRUE(has(listed.body, id)) << listed.body;
  }
}

TEST_F(Changes, call_a_trip_off_for_what_is_kept_of_its_gross) {
  const std::string id = book_example();
  const Response off = ask(cancel(id, R"({"cause":"guest","kept":"200.00"})"));
  ASSERT_EQ(off.status, 200) << off.body;
  EXPECT_EQ(text_at(off, "gross"), "200.00");
  EXPECT_EQ(text_at(ask(jada().owner(get, "/charters/" + id + "/settlement")), "net"), "164.00");
  const Response owed = ask(charter_patch(id, R"({"cancelled_hours":"2"})", "2"));
  ASSERT_EQ(owed.status, 200) << owed.body;
  EXPECT_EQ(text_at(owed, "cancelled_hours"), "2");
  EXPECT_EQ(text_at(ask(jada().owner(get, "/charters/" + id + "/settlement")), "net"), "-36.00");
}

// covers: ops POST /charters/{id}/cancel bad_input
TEST_F(Changes, call_a_trip_off_with_a_cause) {
  const std::string id = book_example();
  const struct {
    const char* body;
    const char* field;
  } cases[] = {
      {"{}", "cause"},
      {R"({"cause":"boredom"})", "cause"},
      {R"({"cause":""})", "cause"},
      {R"({"cause":7})", "cause"},
      {R"({"cause":"guest","kept":"half"})", "kept"},
      {R"({"cause":"guest","cancelled_hours":"24.5"})", "cancelled_hours"},
      {R"({"cause":"guest","cancelled_hours":"-1"})", "cancelled_hours"},
      {R"({"cause":"guest","cancelled_hours":2})", "cancelled_hours"},
      {R"({"cause":"guest","refund":"1.00"})", "refund"},
  };
  for (const auto& [body, field] : cases)
    EXPECT_TRUE(is_problem(refused(cancel(id, body)), 422, "invalid-request", {field})) << body;
  for (const char* body : {"", "{", "[]"})
    EXPECT_TRUE(is_problem(refused(cancel(id, body)), 400, "malformed-request", {"body"})) << body;
}

// covers: crew PATCH /events/{id} works
TEST_F(Changes, of_an_event_swap_the_crew_without_a_word_of_money) {
  const std::string id = book_example();
  run_jobs();
  const std::string link = magic_path(jada(), id, "ana");
  const std::string cookie = cookie_of(jada(), id, "ana");
  ASSERT_EQ(ask(jada().crew(get, link)).status, 303);
  const Response swapped = ask(event_patch(id, R"({"crew":[{"member":"ben","role":"captain"},
    {"member":"cleo","role":"crew"}],"notes":"Ben has the keys"})"));
  ASSERT_EQ(swapped.status, 200) << swapped.body;
  EXPECT_EQ(header_of(swapped, "ETag"), "\"2\"");
  EXPECT_EQ(text_at(swapped, "notes"), "Ben has the keys");
  EXPECT_FALSE(has(swapped.body, "Ana"));
  for (const char* hidden : {"840", "net", "gross", "Paid through", "dana@guest"})
    EXPECT_FALSE(has(swapped.body, hidden)) << hidden;
  EXPECT_EQ(ask(jada().crew(get, link)).status, 404) << "at once";
  EXPECT_EQ(ask(jada().crew(get, "/charters/" + id).with("Cookie", cookie)).status, 401);
  run_jobs();
  EXPECT_EQ(text_at(ask(jada().owner(get, "/charters/" + id + "/settlement")), "net"), "414.41")
      << "the books follow";
}

// covers: crew PATCH /events/{id} bad_input
TEST_F(Changes, of_an_event_name_each_field_at_fault) {
  const std::string id = book_example();
  const struct {
    const char* body;
    const char* field;
  } cases[] = {
      {R"({"gross":"1.00"})", "gross"},
      {R"({"internal_notes":"x"})", "internal_notes"},
      {R"({"guest":{"name":"x"}})", "guest"},
      {R"({"slug":"danas-day"})", "slug"},
      {R"({"charter":"x"})", "charter"},
      {R"({"allow_amounts":true})", "allow_amounts"},
      {R"({"notes":"Tip jar: $40"})", "notes"},
      {R"({"title":"The $900 charter"})", "title"},
      {R"({"dock":"Pay $20 at the gate"})", "dock"},
      {R"({"starts_at":"2028-03-12T02:30"})", "starts_at"},
      {R"({"crew":[{"member":"rui","role":"captain"}]})", "crew[0].member"},
  };
  for (const auto& [body, field] : cases) {
    const Response refusal = refused(event_patch(id, body));
    EXPECT_TRUE(is_problem(refusal, 422, "invalid-request", {field})) << body;
    EXPECT_TRUE(field == std::string("allow_amounts") || !has(refusal.body, "allow_amounts"));
  }
  EXPECT_TRUE(is_problem(refused(event_patch(id, "{")), 400, "malformed-request", {"body"}));
}

// covers: crew DELETE /events/{id} works
TEST_F(Changes, of_an_event_call_it_off) {
  const std::string id = book_example();
  run_jobs();
  const Response off = ask(event_delete(id));
  ASSERT_EQ(off.status, 200) << off.body;
  EXPECT_EQ(text_at(off, "status"), "cancelled");
  EXPECT_FALSE(has(off.body, "840"));
  EXPECT_EQ(text_at(ask(jada().owner(get, "/charters/" + id)), "cancel_cause"), "operator");
  json::object again = example_booking();
  again["reference"] = "AGAIN01";
  book(jada(), again);
}

}  // namespace
}  // namespace web::testing
