// The owner's calendar and its feed.
#include "tests/base/ical_reader.h"
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto del = Method::del;

json::object hold() {
  return {{"kind", "hold"},
          {"vessel", "jada"},
          {"title", "Maybe the Ortegas"},
          {"starts_at", "2027-06-05T10:00"},
          {"ends_at", "2027-06-05T12:00"}};
}

json::object until(json::object entry, std::string_view expires_at) {
  entry["expires_at"] = expires_at;
  return entry;
}

class Calendar : public WebTest {
 protected:
  Ask adding(const json::object& entry) {
    return jada().owner(post, "/calendar", base::to_text(entry));
  }
  std::string add(const json::object& entry) {
    const Response response = ask(adding(entry));
    EXPECT_EQ(response.status, 201) << response.body;
    return text_at(response, "id");
  }
  json::array entries(const Operator& by, const std::string& query = "") {
    const Response response = ask(by.owner(get, "/calendar" + query));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response).at("entries").as_array();
  }
  std::string feed_key(const Operator& by) {
    return text_at(ask(by.owner(get, "/calendar/key")), "key");
  }
  Ask feed(const Operator& by, const std::string& key) {
    return {get, by.sites().ops, "/calendar.ics?key=" + key, {}, {}};
  }
};

// covers: POST /calendar works
TEST_F(Calendar, takes_holds_and_maintenance) {
  const Response response = ask(adding(hold()));
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(response.body,
            R"({"id":")" + text_at(response, "id") +
                R"(","kind":"hold","vessel":"jada","title":"Maybe the Ortegas",)"
                R"("starts_at":"2027-06-05T10:00:00-07:00","ends_at":"2027-06-05T12:00:00-07:00",)"
                R"("timezone":"America/Los_Angeles","starts_at_utc":"2027-06-05T17:00:00Z",)"
                R"("ends_at_utc":"2027-06-05T19:00:00Z"})");
  json::object work = hold();
  work["kind"] = "maintenance";
  work["starts_at"] = "2027-06-05T12:00";  // maintenance may touch a hold
  work["ends_at"] = "2027-06-08T12:00";
  EXPECT_FALSE(add(work).empty());
}

TEST_F(Calendar, shows_a_hold_until_it_lapses) {
  const Response made = ask(adding(until(hold(), "2027-06-01T18:00")));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(text_at(made, "expires_at"), "2027-06-01T18:00:00-07:00");
  EXPECT_EQ(text_at(made, "expires_at_utc"), "2027-06-02T01:00:00Z");
  const json::array shown = entries(jada());
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(base::to_text(shown[0]), made.body);
  const std::string key = feed_key(jada());
  const auto events = [&] {
    return base::testing::read_calendar(ask(feed(jada(), key)).body)->events;
  };
  ASSERT_EQ(events().size(), 1U);
  EXPECT_EQ(events()[0].status, "TENTATIVE");
  EXPECT_EQ(events()[0].description, "Hold until Tue 1 Jun 2027 6:00 PM PDT, JADA");
  advance_to(base::parse_utc("2027-06-02T01:00:00Z").value());
  EXPECT_EQ(entries(jada()).size(), 0U);
  EXPECT_EQ(events().size(), 0U);
  EXPECT_TRUE(
      is_problem(refused(jada().owner(del, "/calendar/" + text_at(made, "id"))), 404, "not-found"));
  EXPECT_EQ(ask(adding(hold())).status, 201) << "the time is free";
}

TEST_F(Calendar, takes_a_charter_in_the_place_of_a_hold) {
  const std::string held = add(hold());
  json::object charter = small_booking("2027-06-05T10:00");
  charter["kind"] = "charter";
  charter["hold"] = held;
  const std::string id = add(charter);
  const json::array shown = entries(jada());
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].at("id"), json::string(id));
}

TEST_F(Calendar, takes_a_charter_without_crew) {
  json::object charter = small_booking("2027-06-05T10:00");
  charter["kind"] = "charter";
  const Response response = ask(adding(charter));
  ASSERT_EQ(response.status, 201) << response.body;
  const json::object body = object_of(response);
  EXPECT_EQ(body.at("kind"), json::string("charter"));
  EXPECT_EQ(body.at("charter"), body.at("id"));
  EXPECT_EQ(body.at("slug"), json::string("direct-jun-5"));
  EXPECT_EQ(ask(jada().owner(get, "/charters/" + text_at(response, "id"))).status, 200);
}

// covers: POST /calendar refused
TEST_F(Calendar, refuses_a_time_that_is_taken) {
  const std::string held = add(hold());
  const Response busy = refused(adding(hold()));
  EXPECT_TRUE(is_problem(busy, 409, "busy", {"vessel"}));
  EXPECT_TRUE(has(busy.body, held));
  const Response booking =
      refused(jada().owner(post, "/bookings", base::to_text(small_booking("2027-06-05T12:30"))));
  EXPECT_TRUE(is_problem(booking, 409, "busy", {"vessel"})) << "turnaround after a hold";
}

// covers: POST /calendar bad_input
TEST_F(Calendar, names_the_field_at_fault) {
  const struct {
    std::string body;
    std::vector<std::string> fields;
  } cases[] = {
      {changed(hold(), "/kind", "party"), {"kind"}},
      {changed(hold(), "/kind", ""), {"kind"}},
      {changed(hold(), "/title", "Deposit $500"), {"title"}},
      {without(hold(), "kind"), {"kind"}},
      {without(hold(), "vessel"), {"vessel"}},
      {changed(hold(), "/vessel", "tern"), {"vessel"}},
      {without(hold(), "title"), {"title"}},
      {changed(hold(), "/title", "a\tb"), {"title"}},
      {changed(hold(), "/ends_at", "2027-06-05T10:00"), {"ends_at"}},
      {changed(hold(), "/ends_at", "2029-06-05T10:00"), {"ends_at"}},
      {changed(hold(), "/starts_at", "2027-03-14T02:30"), {"starts_at"}},
      {changed(hold(), "/starts_at", "2027-06-05T10:00Z"), {"starts_at"}},
      {without(hold(), "starts_at"), {"starts_at"}},
      {changed(hold(), "/expires_at", "soon"), {"expires_at"}},
      {changed(hold(), "/expires_at", ""), {"expires_at"}},
      {changed(hold(), "/expires_at", 7), {"expires_at"}},
      {changed(hold(), "/expires_at", "2027-05-22T08:33"), {"expires_at"}},
      {changed(hold(), "/expires_at", "2027-06-05T12:01"), {"expires_at"}},
      {changed(hold(), "/expires_at", "2027-06-01T12:00Z"), {"expires_at"}},
      {changed(until(hold(), "2027-06-01T18:00"), "/kind", "maintenance"), {"expires_at"}},
      {changed(hold(), "/hold", "jada.b1"), {"hold"}},
      {changed(hold(), "/duration_minutes", 60), {"duration_minutes"}},
      {changed(hold(), "/channel", "direct"), {"channel"}},
      {changed(small_booking("2027-06-05T10:00"), "/kind", 7),
       {"kind", "title", "ends_at", "channel", "duration_minutes"}},
  };
  for (const auto& [body, fields] : cases)
    EXPECT_TRUE(
        is_problem(refused(jada().owner(post, "/calendar", body)), 422, "invalid-request", fields))
        << body;
  json::object charter = small_booking("2027-06-05T10:00");
  charter["kind"] = "charter";
  EXPECT_TRUE(is_problem(refused(jada().owner(post, "/calendar", without(charter, "channel"))), 422,
                         "invalid-request", {"channel"}));
  EXPECT_TRUE(is_problem(refused(adding(until(charter, "2027-06-01T18:00"))), 422,
                         "invalid-request", {"expires_at"}));
  EXPECT_TRUE(is_problem(refused(jada().owner(post, "/calendar", "{")), 400, "malformed-request",
                         {"body"}));
}

TEST_F(Calendar, does_a_call_with_one_key_once) {
  json::object charter = small_booking("2027-06-06T10:00");
  charter["kind"] = "charter";
  for (const Ask& call : {adding(hold()).with("Idempotency-Key", "hold-1"),
                          adding(charter).with("Idempotency-Key", "charter-1")}) {
    const Response first = ask(call);
    ASSERT_EQ(first.status, 201);
    const int before = commits();
    const Response again = ask(call);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(header_of(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(commits(), before);
  }
  json::object other = hold();
  other["title"] = "Another";
  EXPECT_TRUE(is_problem(refused(adding(other).with("Idempotency-Key", "hold-1")), 422,
                         "idempotency-key-reused", {"Idempotency-Key"}));
}

// covers: GET /calendar works
TEST_F(Calendar, shows_each_entry_once_in_order) {
  json::object long_work = hold();
  long_work["kind"] = "maintenance";
  long_work["starts_at"] = "2027-06-29T10:00";  // across a month's end
  long_work["ends_at"] = "2027-07-02T10:00";
  const std::string work = add(long_work);
  const std::string held = add(hold());
  const std::string charter = book_example();
  const json::array all = entries(jada(), "?from=2027-05-01&to=2027-07-31");
  ASSERT_EQ(all.size(), 3U);
  const std::string* ids[] = {&charter, &held, &work};
  const char* kinds[] = {"charter", "hold", "maintenance"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(all[i].at("id"), json::string(*ids[i]));
    EXPECT_EQ(all[i].at("kind"), json::string(kinds[i]));
    EXPECT_EQ(all[i].at("vessel"), json::string("jada"));
  }
  EXPECT_EQ(all[0].at("starts_at"), json::string("2027-05-30T16:30:00-07:00"));
  EXPECT_EQ(entries(jada(), "?from=2027-07-02&to=2027-07-02").size(), 1U);
  EXPECT_EQ(entries(jada(), "?from=2027-07-03&to=2027-07-31").size(), 0U);
}

// covers: GET /calendar bad_input
TEST_F(Calendar, cannot_be_asked_for_nonsense) {
  const struct {
    const char* query;
    const char* field;
  } cases[] = {{"?from=soon", "from"},
               {"?from=2027-06-31", "from"},
               {"?to=2027-6-1", "to"},
               {"?from=2027-06-02&to=2027-06-01", "to"},
               {"?to=%c3%28", "query"}};
  for (const auto& [query, field] : cases)
    EXPECT_TRUE(is_problem(refused(jada().owner(get, std::string("/calendar") + query)), 422,
                           "invalid-request", {field}))
        << query;
}

// covers: DELETE /calendar/{id} works
TEST_F(Calendar, gives_the_time_of_a_block_back) {
  const std::string held = add(hold());
  const Response gone = ask(jada().owner(del, "/calendar/" + held));
  EXPECT_EQ(gone.status, 204);
  EXPECT_EQ(gone.body, "");
  EXPECT_EQ(entries(jada()).size(), 0U);
  EXPECT_EQ(refused(jada().owner(del, "/calendar/" + held)).status, 404);
  EXPECT_FALSE(add(hold()).empty());
}

// covers: DELETE /calendar/{id} refused bad_input
TEST_F(Calendar, deletes_no_charter_and_nothing_unknown) {
  const std::string charter = book_example();
  EXPECT_TRUE(
      is_problem(refused(jada().owner(del, "/calendar/" + charter)), 409, "entry-is-a-charter"));
  for (const std::string& id : {std::string("jada.bnone"), std::string("%00"), std::string("%zz"),
                                std::string("..%2fx"), std::string(3000, 'b')})
    EXPECT_TRUE(is_problem(refused(jada().owner(del, "/calendar/" + id)), 404, "not-found")) << id;
}

// covers: POST /calendar stranger
// covers: GET /calendar stranger
// covers: GET /calendar/key stranger
// covers: DELETE /calendar/{id} stranger
TEST_F(Calendar, is_closed_to_a_stranger) {
  const std::string held = add(hold());
  const Ask calls[] = {tern().owner(post, "/calendar", base::to_text(hold())),
                       tern().owner(get, "/calendar"), tern().owner(get, "/calendar/key"),
                       tern().owner(del, "/calendar/" + held)};
  for (Ask call : calls) {
    call.host = jada().sites().ops;
    EXPECT_TRUE(is_problem(refused(call), 401, "wrong-credential")) << call.target;
  }
  EXPECT_EQ(entries(tern()).size(), 0U);
  EXPECT_TRUE(is_problem(refused(tern().owner(del, "/calendar/" + held)), 404, "not-found"));
  EXPECT_NE(feed_key(tern()), feed_key(jada()));
  EXPECT_EQ(entries(jada()).size(), 1U);
}

// covers: GET /calendar/key works
// covers: GET /calendar.ics works
TEST_F(Calendar, feeds_programs_that_know_the_key) {
  const std::string charter = book_example();
  const std::string held = add(hold());
  const Response key = ask(jada().owner(get, "/calendar/key"));
  ASSERT_EQ(key.status, 200);
  EXPECT_EQ(text_at(key, "url"),
            "https://ops.jada.localhost/calendar.ics?key=" + text_at(key, "key"));
  const Response response = ask(feed(jada(), text_at(key, "key")));
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/calendar; charset=utf-8");
  const auto read = base::testing::read_calendar(response.body);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->errors, 0) << read->text;
  EXPECT_EQ(read->zones, std::vector<std::string>{"America/Los_Angeles"});
  ASSERT_EQ(read->events.size(), 2U);
  const auto& trip = read->events[0];
  EXPECT_EQ(trip.uid, charter + "@guest.jada.localhost");
  EXPECT_EQ(trip.summary, "Boatsetter charter for Dana");
  EXPECT_EQ(trip.status, "CONFIRMED");
  EXPECT_EQ(trip.location, "Harbor Island, west dock");
  EXPECT_EQ(base::format_utc(trip.starts), "2027-05-30T23:30:00Z");
  EXPECT_EQ(base::format_utc(trip.ends), "2027-05-31T02:30:00Z");
  EXPECT_EQ(read->events[1].uid, held + "@guest.jada.localhost");
  EXPECT_EQ(read->events[1].status, "TENTATIVE");
  for (const char* money : {"840", "289", "Paid through"}) EXPECT_FALSE(has(response.body, money));
}

TEST_F(Calendar, feed_follows_each_change_at_once) {
  const std::string key = feed_key(jada());
  const auto events = [&] {
    const auto read = base::testing::read_calendar(ask(feed(jada(), key)).body);
    return read ? read->events.size() : 99U;
  };
  EXPECT_EQ(events(), 0U);
  const std::string held = add(hold());
  EXPECT_EQ(events(), 1U);
  ASSERT_EQ(ask(jada().owner(del, "/calendar/" + held)).status, 204);
  EXPECT_EQ(events(), 0U);
}

// covers: GET /calendar.ics refused bad_input stranger
TEST_F(Calendar, feed_is_closed_without_its_own_key) {
  const Ask bare{get, jada().sites().ops, "/calendar.ics", {}, {}};
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  EXPECT_TRUE(is_problem(refused(feed(jada(), "")), 401, "missing-credential"));
  const std::string right = feed_key(jada());
  for (const std::string& key : {std::string("x"), right + "a", right.substr(1),
                                 std::string(5000, 'a'), std::string("%00"), feed_key(tern())})
    EXPECT_TRUE(is_problem(refused(feed(jada(), key)), 401, "wrong-credential")) << key;
  // Escapes that hide no text are no key at all.
  EXPECT_EQ(refused(feed(jada(), "%zz")).status, 401);
  // The dashboard's token opens no feed: one right per key.
  EXPECT_TRUE(is_problem(refused(jada().owner(get, "/calendar.ics")), 401, "missing-credential"));
}

}  // namespace
}  // namespace web::testing
