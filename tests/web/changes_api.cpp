// What the owner changes: PATCH, with the revision that they mean.
#include "tests/web/changes_fixture.h"

namespace web::testing {
namespace {

// covers: ops PATCH /charters/{id} works
TEST_F(Changes, of_a_charter_are_seen_everywhere_at_once) {
  const std::string id = book_example();
  run_jobs();
  const std::string cookie = cookie_of(jada(), id, "ana");
  const std::string page = "/g/boatsetter-may-30.html";
  ASSERT_TRUE(has(ask(jada().guest(page)).body, "4:30 PM"));
  const Response changed_answer = ask(charter_patch(id, an_hour_earlier));
  ASSERT_EQ(changed_answer.status, 200) << changed_answer.body;
  EXPECT_EQ(header_of(changed_answer, "ETag"), "\"2\"");
  EXPECT_EQ(text_at(changed_answer, "starts_at"), "2027-05-30T15:30:00-07:00");
  EXPECT_EQ(text_at(changed_answer, "ends_at"), "2027-05-30T18:30:00-07:00");
  EXPECT_EQ(text_at(changed_answer, "slug"), "boatsetter-may-30");
  EXPECT_EQ(text_at(changed_answer, "gross"), "840.75");
  const std::pair<Ask, const char*> places[] = {
      {jada().guest(page), "3:30 PM"},
      {jada().guest("/g/boatsetter-may-30.ics"), "T153000"},
      {jada().crew(get, "/charters/" + id).with("Cookie", cookie), "3:30 PM"},
      {jada().owner(get, "/calendar?from=2027-05-30&to=2027-05-30"), "2027-05-30T15:30"},
      {jada().owner(get, "/charters?from=2027-05-30&to=2027-05-30"), "2027-05-30T15:30"},
      {jada().service(get, "/events/" + id), "2027-05-30T15:30"},
  };
  for (const auto& [call, now] : places) {
    const Response shown = ask(call);
    ASSERT_EQ(shown.status, 200) << call.target;
    EXPECT_TRUE(has(shown.body, now)) << call.target << shown.body;
    for (const char* before : {"4:30 PM", "T16:30", "T163000", "23:30:00Z"})
      EXPECT_FALSE(has(shown.body, before)) << call.target << " " << before;
  }
  EXPECT_TRUE(has(feed(), "T153000"));
  EXPECT_FALSE(has(feed(), "T163000"));
}

TEST_F(Changes, reach_every_field_of_a_booking_that_can_be_another) {
  const std::string id = book_example();
  const Response after = ask(charter_patch(id, R"({"title":"A birthday","vessel":"skiff",
    "dock":"Fuel dock","starts_at":"2027-06-02T10:00","ends_at":"2027-06-02T12:30",
    "guest":{"name":"Dana Whit","email":"whit@guest.example","phone":"","party_size":4},
    "crew":[{"member":"ben","role":"captain"}],"crew_notes":"Bring the flag",
    "guest_notes":"Cake","internal_notes":"Owes nothing","gross":"900.00",
    "captain_fee":"channel","slug":"danas-day"})"));
  ASSERT_EQ(after.status, 200) << after.body;
  const json::object body = object_of(after);
  const std::pair<const char*, json::value> facts[] = {
      {"title", "A birthday"},
      {"vessel", "skiff"},
      {"dock", "Fuel dock"},
      {"starts_at", "2027-06-02T10:00:00-07:00"},
      {"duration_minutes", 150},
      {"crew", json::array{{{"member", "ben"}, {"role", "captain"}}}},
      {"crew_notes", "Bring the flag"},
      {"guest_notes", "Cake"},
      {"internal_notes", "Owes nothing"},
      {"gross", "900.00"},
      {"captain_fee", "channel"},
      {"slug", "danas-day"},
  };
  for (const auto& [name, value] : facts) EXPECT_EQ(body.at(name), value) << name;
  EXPECT_EQ(base::to_text(body.at("guest")),
            R"({"name":"Dana Whit","email":"whit@guest.example","phone":"","party_size":4})");
  for (const char* ending : {".html", ".ics"}) {
    const Response old = ask(jada().guest(std::string("/g/boatsetter-may-30") + ending));
    EXPECT_EQ(old.status, 308);
    EXPECT_EQ(header_of(old, "Location"), std::string("/g/danas-day") + ending);
    EXPECT_EQ(ask(jada().guest(std::string("/g/danas-day") + ending)).status, 200);
  }
}

TEST_F(Changes, that_change_nothing_commit_nothing) {
  const std::string id = book_example();
  const int before = commits();
  for (const char* body : {"{}", R"({"starts_at":"2027-05-30T16:30","gross":"840.75"})"}) {
    const Response same = ask(charter_patch(id, body));
    EXPECT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(header_of(same, "ETag"), "\"1\"");
  }
  EXPECT_EQ(ask(event_patch(id, "{}")).status, 200);
  EXPECT_EQ(commits(), before);
}

// covers: ops PATCH /charters/{id} refused
// covers: crew PATCH /events/{id} refused
// covers: crew DELETE /events/{id} refused
TEST_F(Changes, name_the_revision_that_they_mean) {
  const std::string id = book_example();
  for (const Ask& call : {jada().owner(patch, "/charters/" + id, an_hour_earlier),
                          jada().service(patch, "/events/" + id, an_hour_earlier),
                          jada().service(del, "/events/" + id)})
    EXPECT_TRUE(is_problem(refused(call), 428, "precondition-required")) << call.target;
  ASSERT_EQ(ask(charter_patch(id, an_hour_earlier)).status, 200);
  for (const Ask& call : {charter_patch(id, R"({"dock":"Fuel dock"})"),
                          event_patch(id, R"({"dock":"Fuel dock"})"), event_delete(id)}) {
    const Response stale = refused(call);
    EXPECT_TRUE(is_problem(stale, 412, "stale-revision")) << call.target;
    EXPECT_EQ(header_of(stale, "ETag"), "\"2\"") << "what is there now";
    EXPECT_TRUE(has(text_at(stale, "detail"), "revision 2")) << stale.body;
  }
}

TEST_F(Changes, name_it_in_quotes) {
  const std::string id = book_example();
  for (const char* given : {"1", "*", "\"\"", "\"0\"", "\"-1\"", "\"one\"", "W/\"1\"",
                            "\"1\", \"2\"", "\"99999999999999999999\""}) {
    const Ask bare = jada().owner(patch, "/charters/" + id, an_hour_earlier);
    EXPECT_TRUE(
        is_problem(refused(bare.with("If-Match", given)), 422, "invalid-request", {"If-Match"}))
        << given;
  }
}

// covers: ops POST /charters/{id}/cancel refused
TEST_F(Changes, that_cannot_be_are_conflicts) {
  const std::string id = book_example();
  json::object other = small_booking("2027-06-02T10:00");
  const std::string in_the_way = book(jada(), other);
  const Response busy = refused(charter_patch(id, R"({"starts_at":"2027-06-02T10:30"})"));
  EXPECT_TRUE(is_problem(busy, 409, "busy", {"vessel"}));
  EXPECT_TRUE(has(busy.body, in_the_way)) << busy.body;
  EXPECT_TRUE(is_problem(refused(event_patch(id, R"({"starts_at":"2027-06-02T10:30"})")), 409,
                         "busy", {"vessel"}));
  EXPECT_TRUE(is_problem(refused(charter_patch(id, R"({"slug":"direct-jun-2"})")), 409,
                         "slug-taken", {"slug"}));
  ASSERT_EQ(ask(cancel(id)).status, 200);
  for (const Ask& call : {cancel(id), charter_patch(id, an_hour_earlier, "2"),
                          event_patch(id, an_hour_earlier, "2"), event_delete(id, "2")})
    EXPECT_TRUE(is_problem(refused(call), 409, "charter-over")) << call.target;
}

// covers: ops PATCH /charters/{id} bad_input
TEST_F(Changes, of_a_charter_name_each_field_at_fault) {
  const std::string id = book_example();
  const struct {
    const char* body;
    std::vector<std::string> fields;
  } cases[] = {
      {R"({"channel":"direct"})", {"channel"}},
      {R"({"reference":"OTHER"})", {"reference"}},
      {R"({"colour":"red"})", {"colour"}},
      {R"({"status":"cancelled"})", {"status"}},
      {R"({"vessel":"raft"})", {"vessel"}},
      {R"({"vessel":7})", {"vessel"}},
      {R"({"starts_at":"tomorrow"})", {"starts_at"}},
      {R"({"starts_at":"2028-03-12T02:30"})", {"starts_at"}},
      {R"({"starts_at":"2027-06-01T10:00","ends_at":"2027-06-01T09:00"})", {"ends_at"}},
      {R"({"duration_minutes":60,"ends_at":"2027-05-30T19:30"})", {"ends_at"}},
      {R"({"duration_minutes":0})", {"duration_minutes"}},
      {R"({"guest":{"email":"nowhere"}})", {"guest.email"}},
      {R"({"guest":{"party_size":13}})", {"guest.party_size"}},
      {R"({"guest":{"age":40}})", {"guest.age"}},
      {R"({"guest":"Dana"})", {"guest"}},
      {R"({"crew":[{"member":"zoe","role":"crew"}]})", {"crew[0].member"}},
      {R"({"crew":[{"member":"cleo","role":"captain"}]})", {"crew[0].role"}},
      {R"({"crew":"ana"})", {"crew"}},
      {R"({"crew_notes":"It pays $840"})", {"crew_notes"}},
      {R"({"dock":"Pay $20 at the gate"})", {"dock"}},
      {R"({"title":"Tour\u001b[31m"})", {"title"}},
      {R"({"slug":"Danas Day"})", {"slug"}},
      {R"({"gross":"840.755"})", {"gross"}},
      {R"({"gross":840.75})", {"gross"}},
      {R"({"captain_fee":"half"})", {"captain_fee"}},
  };
  for (const auto& [body, fields] : cases)
    EXPECT_TRUE(is_problem(refused(charter_patch(id, body)), 422, "invalid-request", fields))
        << body;
  for (const char* body : {"", "{", "[]"})
    EXPECT_TRUE(is_problem(refused(charter_patch(id, body)), 400, "malformed-request", {"body"}))
        << body;
  const Response gap = refused(charter_patch(id, R"({"starts_at":"2028-03-12T02:30"})"));
  EXPECT_TRUE(has(gap.body, "03:00")) << "the next valid time: " << gap.body;
}

TEST_F(Changes, do_not_take_null_for_a_word) {
  const std::string id = book_example();
  const std::string leave_out = "is null: leave it out";
  const std::string required = "is required";
  const std::string or_clear = leave_out + ", or send \\\"\\\" to clear it";  // as JSON
  const struct {
    const char* body;
    const char* field;
    std::string message;
  } cases[] = {
      {R"({"title":null})", "title", leave_out},
      {R"({"dock":null})", "dock", leave_out},
      {R"({"vessel":null})", "vessel", leave_out},
      {R"({"slug":null})", "slug", leave_out},
      {R"({"gross":null})", "gross", leave_out},
      {R"({"contract":null})", "contract", leave_out},
      {R"({"crew_notes":null})", "crew_notes", or_clear},
      {R"({"starts_at":null})", "starts_at", leave_out},
      {R"({"ends_at":null})", "ends_at", leave_out},
      {R"({"duration_minutes":null})", "duration_minutes", leave_out},
      {R"({"crew":null})", "crew", leave_out},
      {R"({"crew":[{"member":"ana","role":null}]})", "crew[0].role", required},
      {R"({"guest":null})", "guest", leave_out},
      {R"({"guest":{"email":null}})", "guest.email", or_clear},
      {R"({"guest":{"party_size":null}})", "guest.party_size", leave_out},
      {R"({"allow_amounts":null})", "allow_amounts", leave_out},
      {R"({"colour":null})", "colour", "is not a known field"},
  };
  for (const auto& [body, field, message] : cases) {
    const Response refusal = refused(charter_patch(id, body));
    EXPECT_TRUE(is_problem(refusal, 422, "invalid-request", {field})) << body << refusal.body;
    EXPECT_TRUE(has(refusal.body, '"' + message + '"')) << body << refusal.body;
  }
  for (const char* field : {"title", "vessel", "starts_at", "crew", "notes"})
    EXPECT_TRUE(is_problem(refused(event_patch(id, std::string("{\"") + field + "\":null}")), 422,
                           "invalid-request", {field}))
        << field;
}

TEST_F(Changes, take_no_yes_that_was_meant_for_another_time) {
  const std::string id = book_example();
  run_jobs();
  const std::string cookie = cookie_of(jada(), id, "ana");
  const Ask page = jada().crew(get, "/charters/" + id).with("Cookie", cookie);
  const std::string hidden = R"(<input type="hidden" name="asked" value=")";
  ASSERT_TRUE(has(ask(page).body, hidden + "1\">"));
  ASSERT_EQ(ask(charter_patch(id, an_hour_earlier)).status, 200);
  const auto answer = [&](const std::string& body, const std::string& type) {
    return jada()
        .crew(post, "/charters/" + id + "/answer", body)
        .with("Cookie", cookie)
        .with("Content-Type", type);
  };
  const std::string urlencoded = "application/x-www-form-urlencoded";
  const std::string json_type = "application/json";
  EXPECT_TRUE(
      is_problem(refused(answer(R"({"answer":"yes","asked":1})", json_type)), 409, "asked-anew"));
  const int before = commits();
  const Response led_back = ask(answer("asked=1&answer=yes", urlencoded));
  EXPECT_EQ(commits(), before);
  EXPECT_EQ(led_back.status, 303);
  EXPECT_EQ(header_of(led_back, "Location"), "/charters/" + id);
  const Response asking = ask(page);
  EXPECT_TRUE(has(asking.body, "Not answered yet."));
  EXPECT_TRUE(has(asking.body, hidden + "2\">"));
  EXPECT_EQ(ask(answer("asked=2&answer=yes", urlencoded)).status, 303);
  EXPECT_TRUE(has(ask(page).body, "You said yes."));
  for (const char* asked : {"-1", "1.5", "\"two\"", "null", "[]", "99999999999"})
    EXPECT_TRUE(is_problem(
        refused(answer(std::string(R"({"answer":"yes","asked":)") + asked + "}", json_type)), 422,
        "invalid-request", {"asked"}))
        << asked;
  for (const char* asked : {"-1", "two", "", "99999999999"})
    EXPECT_TRUE(is_problem(refused(answer(std::string("answer=yes&asked=") + asked, urlencoded)),
                           422, "invalid-request", {"asked"}))
        << asked;
}

// covers: crew DELETE /events/{id} bad_input
TEST_F(Changes, of_what_is_not_there_are_404_however_its_id_is_written) {
  book_example();
  for (const std::string& id : {std::string("jada.none"), std::string("none"), std::string("%00"),
                                std::string("%zz"), std::string("*"), std::string(3000, 'a')})
    for (const Ask& call :
         {charter_patch(id, "{}"), cancel(id), event_patch(id, "{}"), event_delete(id)})
      EXPECT_TRUE(is_problem(refused(call), 404, "not-found")) << call.target;
}

// covers: ops PATCH /charters/{id} stranger
// covers: ops POST /charters/{id}/cancel stranger
// covers: crew PATCH /events/{id} stranger
// covers: crew DELETE /events/{id} stranger
TEST_F(Changes, are_closed_to_a_stranger) {
  const std::string id = book_example();
  for (Ask call : {meaning(tern().owner(patch, "/charters/" + id, an_hour_earlier), "1"),
                   tern().owner(post, "/charters/" + id + "/cancel", R"({"cause":"guest"})"),
                   meaning(tern().service(patch, "/events/" + id, an_hour_earlier), "1"),
                   meaning(tern().service(del, "/events/" + id), "1")}) {
    EXPECT_TRUE(is_problem(refused(call), 404, "not-found")) << call.target;
    const bool is_owners = call.target.starts_with("/charters");
    call.host = is_owners ? jada().sites().ops : jada().sites().crew;
    EXPECT_TRUE(is_problem(refused(call), 401, "wrong-credential")) << call.target;
  }
}

}  // namespace
}  // namespace web::testing
