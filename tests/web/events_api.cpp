// The events API: the crew's view of charters, for services.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

json::object event() {
  return base::parse_json_object(R"({"vessel":"jada","title":"Harbour tour",
    "starts_at":"2027-06-10T16:30","ends_at":"2027-06-10T19:30",
    "crew":[{"member":"ana","role":"captain"}],"notes":"Bring the big cooler"})")
      .value();
}

class Events : public WebTest {
 protected:
  Response send(const std::string& body) { return ask(jada().service(post, "/events", body)); }
  Response send_refused(const std::string& body) {
    return refused(jada().service(post, "/events", body));
  }
  std::string make() { return text_at(send(base::to_text(event())), "id"); }
  std::string book_without_crew() {
    json::object booking = example_booking();
    booking.erase("crew");
    return book(jada(), booking);
  }
};

std::string crew_for(const std::string& charter, std::string_view member, std::string_view role) {
  return base::to_text(json::object{{"charter", charter},
                                    {"crew", json::array{{{"member", member}, {"role", role}}}}});
}

// covers: POST /events works
// covers: GET /events/{id} works
TEST_F(Events, tell_the_crew_and_read_back_the_same) {
  const Response made = send(base::to_text(event()));
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string id = text_at(made, "id");
  EXPECT_EQ(made.body,
            R"({"id":")" + id + R"(","url":"https://crew.jada.localhost/charters/)" + id +
                R"(","status":"confirmed","revision":1,"vessel":"jada","title":"Harbour tour",)"
                R"("dock":"Harbor Island, west dock","starts_at":"2027-06-10T16:30:00-07:00",)"
                R"("ends_at":"2027-06-10T19:30:00-07:00","timezone":"America/Los_Angeles",)"
                R"("starts_at_utc":"2027-06-10T23:30:00Z","ends_at_utc":"2027-06-11T02:30:00Z",)"
                R"("crew":[{"member":"ana","name":"Ana Reyes","role":"captain",)"
                R"("answer":"none"}],"notes":"Bring the big cooler"})");
  const Response read = ask(jada().service(get, "/events/" + id));
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.body, made.body);
  EXPECT_EQ(header_of(read, "ETag"), "\"1\"");

  run_jobs();
  EXPECT_FALSE(magic_path(jada(), id, "ana").empty());
  EXPECT_FALSE(object_of(ask(jada().owner(get, "/charters/" + id))).contains("guest_page"));
}

TEST_F(Events, put_crew_on_a_trip_that_exists) {
  const std::string id = book_without_crew();
  const Response first = send(crew_for(id, "ana", "captain"));
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(text_at(first, "id"), id);
  EXPECT_EQ(object_of(first).at("revision"), json::value(2));
  const Response second = send(crew_for(id, "ben", "crew"));
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(object_of(second).at("crew").as_array().size(), 2U);
  run_jobs();
  const std::string cookie = cookie_of(jada(), id, "ana");
  ASSERT_EQ(ask(jada()
                    .crew(post, "/charters/" + id + "/answer", R"({"answer":"no"})")
                    .with("Cookie", cookie))
                .status,
            200);
  const json::object third = object_of(send(crew_for(id, "cleo", "crew")));
  EXPECT_EQ(third.at("crew").at(0).at("answer"), json::string("no")) << "as GET says it";
  EXPECT_EQ(third.at("crew").at(2).at("answer"), json::string("none"));
  run_jobs();
  EXPECT_FALSE(magic_path(jada(), id, "ana").empty());
  EXPECT_FALSE(magic_path(jada(), id, "ben").empty());
  const Response money = ask(jada().owner(get, "/charters/" + id + "/settlement"));
  EXPECT_EQ(text_at(money, "net"), "289.41") << "the books follow the crew";
}

// covers: GET /events works
TEST_F(Events, are_listed_with_answers_and_without_money_or_contacts) {
  const std::string id = book_example();
  run_jobs();
  const std::string cookie = cookie_of(jada(), id, "ana");
  ASSERT_EQ(ask(jada()
                    .crew(post, "/charters/" + id + "/answer", R"({"answer":"yes"})")
                    .with("Cookie", cookie))
                .status,
            200);
  ASSERT_EQ(ask(jada().owner(post, "/calendar",
                             R"({"kind":"hold","vessel":"jada","title":"h",)"
                             R"("starts_at":"2027-06-01T10:00","ends_at":"2027-06-01T11:00"})"))
                .status,
            201);
  const Response list = ask(jada().service(get, "/events?from=2027-05-01&to=2027-06-30"));
  ASSERT_EQ(list.status, 200);
  const json::object body = object_of(list);
  const json::array& events = body.at("events").as_array();
  ASSERT_EQ(events.size(), 1U) << "a hold is no event";
  EXPECT_EQ(events[0].at("id"), json::string(id));
  EXPECT_EQ(events[0].at("party_size"), json::value(6));
  EXPECT_EQ(events[0].at("crew").at(0).at("answer"), json::string("yes"));
  EXPECT_EQ(events[0].at("crew").at(1).at("answer"), json::string("none"));
  for (const char* hidden : {"840", "289.41", "50.00", "Paid through", "dana@guest", "555",
                             "Whitfield", "gross", "net", "#k="})
    EXPECT_FALSE(has(list.body, hidden)) << hidden;
  EXPECT_EQ(object_of(ask(jada().service(get, "/events?from=2027-05-31"))).at("events"),
            json::array());
}

// covers: POST /events refused
TEST_F(Events, refuse_what_is_in_the_way) {
  const std::string id = make();
  EXPECT_TRUE(is_problem(send_refused(base::to_text(event())), 409, "busy", {"vessel"}));
  json::object other = event();
  other["vessel"] = "skiff";
  EXPECT_TRUE(is_problem(send_refused(base::to_text(other)), 409, "busy", {"crew[0].member"}));
  EXPECT_TRUE(is_problem(send_refused(crew_for(id, "ana", "captain")), 422, "invalid-request",
                         {"crew[0].member"}))
      << "aboard already";
  EXPECT_TRUE(is_problem(send_refused(crew_for("jada.none", "ben", "crew")), 404, "not-found",
                         {"charter"}));
}

// covers: POST /events bad_input
TEST_F(Events, name_each_field_at_fault) {
  const std::string id = book_without_crew();
  const json::object existing = base::parse_json_object(crew_for(id, "ana", "captain")).value();
  const struct {
    std::string body;
    std::vector<std::string> fields;
  } cases[] = {
      {without(event(), "vessel"), {"vessel"}},
      {without(event(), "title"), {"title"}},
      {without(event(), "ends_at"), {"ends_at"}},
      {changed(event(), "/vessel", "pinta"), {"vessel"}},
      {changed(event(), "/colour", "red"), {"colour"}},
      {changed(event(), "/gross", "10.00"), {"gross"}},
      {changed(event(), "/internal_notes", "x"), {"internal_notes"}},
      {changed(event(), "/ends_at", "2027-06-10T16:00"), {"ends_at"}},
      {changed(event(), "/starts_at", "2027-03-14T02:30"), {"starts_at"}},
      {changed(event(), "/starts_at", "2027-06-10T16:30+02:00"), {"starts_at"}},
      {changed(event(), "/crew/0/member", "rui"), {"crew[0].member"}},
      {changed(event(), "/crew/0/role", "deckhand"), {"crew[0].role"}},
      {changed(event(), "/crew/0/rate", "9"), {"crew[0].rate"}},
      {changed(event(), "/title", "Tour\x1b[31m"), {"title"}},
      {changed(event(), "/notes", "Tip jar: $40"), {"notes"}},
      {changed(event(), "/title", "The $900 charter"), {"title"}},
      {changed(event(), "/allow_amounts", true), {"allow_amounts"}},
      {changed(existing, "/title", "x"), {"title"}},
      {changed(existing, "/notes", "x"), {"notes"}},
      {without(existing, "crew"), {"crew"}},
      {changed(existing, "/crew", json::array()), {"crew"}},
      {changed(existing, "/charter", ""), {"charter"}},
      {changed(existing, "/charter", 7), {"charter"}},
  };
  for (const auto& [body, fields] : cases)
    EXPECT_TRUE(is_problem(send_refused(body), 422, "invalid-request", fields)) << body;
  for (const char* body : {"", "{", "[]", "{\"vessel\":\"\xFF\"}"})
    EXPECT_TRUE(is_problem(send_refused(body), 400, "malformed-request", {"body"})) << body;
}

TEST_F(Events, keep_the_owners_word_from_the_crews_services) {
  // The refusal of an amount must not advise what only the owner may do.
  const Response refusal = send_refused(changed(event(), "/notes", "Tip jar: $40"));
  EXPECT_FALSE(has(refusal.body, "internal_notes"));
  EXPECT_FALSE(has(refusal.body, "allow_amounts"));
}

TEST_F(Events, with_one_key_happen_once) {
  const Ask call =
      jada().service(post, "/events", base::to_text(event())).with("Idempotency-Key", "tour-1");
  const Response first = ask(call);
  ASSERT_EQ(first.status, 201) << first.body;
  const int before = commits();
  const Response again = ask(call);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header_of(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(commits(), before);
  Ask other = call;
  other.body = changed(event(), "/title", "Another tour");
  EXPECT_TRUE(is_problem(refused(other), 422, "idempotency-key-reused", {"Idempotency-Key"}));
}

// covers: GET /events bad_input
TEST_F(Events, cannot_be_asked_for_nonsense) {
  for (const auto& [query, field] :
       {std::pair("?from=x", "from"), std::pair("?to=2027-02-29", "to"),
        std::pair("?from=2027-02-02&to=2027-02-01", "to"), std::pair("?from=%f", "query")})
    EXPECT_TRUE(is_problem(refused(jada().service(get, std::string("/events") + query)), 422,
                           "invalid-request", {field}))
        << query;
}

// covers: GET /events/{id} refused bad_input
TEST_F(Events, that_are_not_there_are_404) {
  const std::string hold =
      text_at(ask(jada().owner(post, "/calendar",
                               R"({"kind":"hold","vessel":"jada","title":"h",)"
                               R"("starts_at":"2027-06-01T10:00","ends_at":"2027-06-01T11:00"})")),
              "id");
  for (const std::string& id : {hold, std::string("jada.none"), std::string("%00"),
                                std::string("%zz"), std::string("%2e%2e"), std::string(3000, 'e')})
    EXPECT_TRUE(is_problem(refused(jada().service(get, "/events/" + id)), 404, "not-found")) << id;
}

// covers: POST /events stranger
// covers: GET /events stranger
// covers: GET /events/{id} stranger
TEST_F(Events, are_closed_to_a_stranger) {
  const std::string id = make();
  const Ask calls[] = {tern().service(post, "/events", base::to_text(event())),
                       tern().service(get, "/events"), tern().service(get, "/events/" + id)};
  for (Ask call : calls) {
    call.host = jada().sites().crew;
    EXPECT_TRUE(is_problem(refused(call), 401, "wrong-credential")) << call.target;
  }
  EXPECT_EQ(object_of(ask(tern().service(get, "/events"))).at("events"), json::array());
  EXPECT_TRUE(is_problem(refused(tern().service(get, "/events/" + id)), 404, "not-found"));
  EXPECT_TRUE(is_problem(refused(tern().service(post, "/events", crew_for(id, "rui", "captain"))),
                         404, "not-found", {"charter"}));
}

}  // namespace
}  // namespace web::testing
