// Hours: the crew's own on their page, and the owner's word on everybody's.
#include "base/text.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto put = Method::put;
constexpr const char* clock_in = R"({"act":"clock_in"})";

class Hours : public WebTest {
 protected:
  Hours() {
    charter_ = book_example();
    const std::string foreign = book_tern();
    run_jobs();
    ana_ = cookie_of(jada(), charter_, "ana");
    rui_ = cookie_of(tern(), foreign, "rui");
    advance_to(*base::parse_utc("2027-05-30T23:00:00Z"));  // half an hour before the trip
  }

  std::string path(const std::string& below = "") const { return "/charters/" + charter_ + below; }
  Ask saying(const std::string& body) {
    return jada().crew(post, path("/hours"), body).with("Cookie", ana_);
  }
  Ask form(const std::string& body) {
    return saying(body)
        .with("Content-Type", "application/x-www-form-urlencoded")
        .with("Accept", "text/html");
  }
  std::string page(const std::string& member = "ana") {
    return ask(jada()
                   .crew(get, path())
                   .with("Cookie", member == "ana" ? ana_ : cookie_of(jada(), charter_, member)))
        .body;
  }
  Ask putting(const std::string& body, const std::string& member = "ana") {
    return jada().owner(put, path("/hours/" + member), body);
  }
  json::array listed() {
    const Response response = ask(jada().owner(get, path("/hours")));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response).at("hours").as_array();
  }
  std::string settled(std::size_t line) {
    const json::object body = object_of(ask(jada().owner(get, path("/settlement"))));
    return std::string(body.at("lines").at(line).at("amount").as_string());
  }

  std::string charter_;
  std::string ana_;
  std::string rui_;  // of the other operator
};

// covers: POST /charters/{id}/hours works
TEST_F(Hours, are_taken_as_json_and_as_a_form_and_shown_to_their_owner_alone) {
  const Response in = ask(saying(clock_in));
  EXPECT_EQ(in.status, 200);
  EXPECT_EQ(in.body, R"({"state":"open","hours":null,"stints":[{"begins_at":)"
                     R"("2027-05-30T16:00:00-07:00","ends_at":null}]})");
  EXPECT_TRUE(has(page(), "You are clocked in."));
  EXPECT_TRUE(has(page(), "Since 4:00 PM PDT"));
  const int before = commits();
  EXPECT_EQ(ask(saying(clock_in)).body, in.body) << "from another device";
  EXPECT_EQ(commits(), before);
  clock().advance(std::chrono::minutes(225));
  const Response out = ask(form("act=clock_out"));
  EXPECT_EQ(out.status, 303);
  EXPECT_EQ(header_of(out, "Location"), path());
  EXPECT_TRUE(has(page(), "Noted: 3.75 hours"));
  EXPECT_TRUE(has(page(), "4:00 PM – 7:45 PM PDT"));
  EXPECT_EQ(ask(form("act=enter&hours=4.5")).status, 303);
  EXPECT_TRUE(has(page(), "Noted: 4.5 hours"));
  EXPECT_FALSE(has(page("ben"), "4.5")) << "nobody sees another's";
  EXPECT_TRUE(has(page("ben"), "Nothing noted yet."));
}

TEST_F(Hours, have_their_card_only_from_when_the_clock_runs) {
  const std::string card = "id=\"hours\"";
  EXPECT_TRUE(has(page(), card));
  advance_to(*base::parse_utc("2027-05-31T08:30:01Z"));
  EXPECT_TRUE(has(page(), card));
  EXPECT_FALSE(has(page(), "Clock in")) << "six hours after the trip the clock is over";
  const std::string later = book(jada(), small_booking("2027-06-20T10:00"));
  json::object crew{{"charter", later},
                    {"crew", json::array{json::object{{"member", "ana"}, {"role", "captain"}}}}};
  ASSERT_EQ(ask(jada().service(post, "/events", base::to_text(crew))).status, 201);
  run_jobs();
  const Response shown =
      ask(jada().crew(get, "/charters/" + later).with("Cookie", cookie_of(jada(), later, "ana")));
  ASSERT_EQ(shown.status, 200);
  EXPECT_FALSE(has(shown.body, card));
}

TEST_F(Hours, what_is_refused_of_a_form_is_said_on_the_page) {
  const Response out = refused(form("act=clock_out"));
  EXPECT_EQ(out.status, 409);
  EXPECT_EQ(header_of(out, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(has(out.body, "role=\"alert\">Not saved: You are not clocked in"));
  const Response third = refused(form("act=enter&hours=3.3"));
  EXPECT_EQ(third.status, 422);
  EXPECT_TRUE(has(third.body, "Not saved: must be quarter hours"));
  EXPECT_TRUE(is_problem(refused(saying(R"({"act":"clock_out"})")), 409, "not-clocked-in"));
}

// covers: POST /charters/{id}/hours refused
TEST_F(Hours, a_missing_cookie_and_a_wrong_one_are_told_apart) {
  const Ask bare = jada().crew(post, path("/hours"), clock_in);
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  std::string forged = ana_;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  EXPECT_TRUE(is_problem(refused(bare.with("Cookie", forged)), 401, "wrong-credential"));
  EXPECT_TRUE(is_problem(refused(saying(clock_in).with("Origin", "https://evil.example")), 403,
                         "foreign-origin"));
  EXPECT_TRUE(
      is_problem(refused(jada().owner(post, path("/hours"), clock_in)), 405, "method-not-allowed"));
  ASSERT_EQ(ask(putting(R"({"hours":"3","approved":true})")).status, 200);
  EXPECT_TRUE(is_problem(refused(saying(clock_in)), 409, "hours-approved"));
  EXPECT_TRUE(is_problem(refused(saying(R"({"act":"enter","hours":"9"})")), 409, "hours-approved"));
  EXPECT_TRUE(has(page(), "Approved: 3 hours."));
  EXPECT_FALSE(has(page(), path("/hours"))) << "nothing to send";
}

// covers: POST /charters/{id}/hours refused
TEST_F(Hours, on_two_boats_at_once_are_refused_and_the_other_trip_is_named) {
  json::object second = small_booking("2027-05-30T20:00");
  second["vessel"] = "skiff";
  second["title"] = "Sunset sail";
  second["crew"] = json::array{{{"member", "ana"}, {"role", "captain"}}};
  const std::string evening = book(jada(), second);
  run_jobs();
  ASSERT_EQ(ask(saying(clock_in)).status, 200);
  const Ask also = jada()
                       .crew(post, "/charters/" + evening + "/hours", clock_in)
                       .with("Cookie", cookie_of(jada(), evening, "ana"));
  EXPECT_TRUE(is_problem(refused(also), 409, "hours-elsewhere"));
  EXPECT_TRUE(has(refused(also).body, "PM PDT. Please clock out there first."));
  const std::string stint = R"({"begins_at":"2027-05-30T19:00","ends_at":"2027-05-30T22:00"})";
  const Ask said = jada().owner(put, "/charters/" + evening + "/hours/ana",
                                R"({"approved":true,"stints":[)" + stint + "]}");
  EXPECT_TRUE(is_problem(refused(said), 422, "invalid-request", {"stints[0]"}));
}

// covers: POST /charters/{id}/hours bad_input
TEST_F(Hours, what_cannot_be_hours_is_named) {
  const struct {
    const char* body;
    const char* field;
  } cases[] = {
      {"{}", "act"},
      {R"({"act":"lunch"})", "act"},
      {R"({"act":true})", "act"},
      {R"({"act":"enter"})", "hours"},
      {R"({"act":"enter","hours":"3.1"})", "hours"},
      {R"({"act":"enter","hours":"-3"})", "hours"},
      {R"({"act":"enter","hours":""})", "hours"},
      {R"({"act":"enter","hours":"15.25"})", "hours"},
      {R"({"act":"clock_in","hours":"3"})", "hours"},
      {R"({"act":"clock_in","member":"ben"})", "member"},
      {R"({"act":"clock_in","at":"2027-05-30T10:00"})", "at"},
  };
  for (const auto& [body, field] : cases)
    EXPECT_TRUE(is_problem(refused(saying(body)), 422, "invalid-request", {field})) << body;
  const auto plain_form = [&](const char* body) {
    return refused(saying(body).with("Content-Type", "application/x-www-form-urlencoded"));
  };
  EXPECT_TRUE(is_problem(plain_form("hours=3"), 422, "invalid-request", {"act"}));
  EXPECT_TRUE(is_problem(plain_form("act=enter&act=enter"), 422, "invalid-request", {"act"}));
  EXPECT_TRUE(is_problem(plain_form("act=%zz"), 400, "malformed-request", {"body"}));
  EXPECT_TRUE(is_problem(refused(saying("{")), 400, "malformed-request", {"body"}));
}

// covers: POST /charters/{id}/hours stranger
// covers: GET /charters/{id}/hours stranger
// covers: PUT /charters/{id}/hours/{member} stranger
TEST_F(Hours, are_closed_to_a_stranger) {
  const Ask theirs = jada().crew(post, path("/hours"), clock_in).with("Cookie", rui_);
  EXPECT_TRUE(is_problem(refused(theirs), 401, "wrong-credential"));
  EXPECT_TRUE(is_problem(refused(tern().owner(get, path("/hours"))), 404, "not-found"));
  const std::string three = R"({"hours":"3","approved":true})";
  EXPECT_TRUE(is_problem(refused(tern().owner(put, path("/hours/ana"), three)), 404, "not-found"));
  for (Ask here :
       {tern().owner(get, path("/hours")), tern().owner(put, path("/hours/ana"), three)}) {
    here.host = jada().sites().ops;
    EXPECT_TRUE(is_problem(refused(here), 401, "wrong-credential"));
  }
}

// covers: GET /charters/{id}/hours works
TEST_F(Hours, of_everybody_are_listed_for_the_owner) {
  ask(saying(clock_in));
  json::array all = listed();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(base::to_text(all[0]),
            R"({"member":"ana","name":"Ana Reyes","role":"captain","state":"open","hours":null,)"
            R"("stints":[{"begins_at":"2027-05-30T16:00:00-07:00","ends_at":null}],)"
            R"("left_open":false})");
  EXPECT_EQ(base::to_text(all[1]), R"({"member":"ben","name":"Ben Okafor","role":"crew",)"
                                   R"("state":"none","hours":null,"stints":[]})");
  advance_to(*base::parse_utc("2027-05-31T08:30:01Z"));
  all = listed();
  EXPECT_EQ(all[0].at("state"), json::string("open")) << "nobody guesses when they left";
  EXPECT_EQ(all[0].at("left_open"), json::value(true));
}

TEST_F(Hours, of_who_left_the_crew_are_still_listed) {
  ask(saying(clock_in));
  const std::string others = R"({"crew":[{"member":"ben","role":"captain"}]})";
  ASSERT_EQ(ask(jada().owner(Method::patch, path(), others).with("If-Match", "\"1\"")).status, 200);
  const json::array all = listed();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].at("member"), json::string("ana"));
  EXPECT_EQ(all[1].at("role"), json::string("captain")) << "that they had";
}

TEST_F(Hours, of_who_left_the_crew_are_closed_and_approved_and_stay_in_the_books) {
  ask(saying(clock_in));
  const std::string others = R"({"crew":[{"member":"ben","role":"captain"}]})";
  ASSERT_EQ(ask(jada().owner(Method::patch, path(), others).with("If-Match", "\"1\"")).status, 200);
  const Response closed = ask(putting(R"({"hours":"2.5","approved":true})"));
  ASSERT_EQ(closed.status, 200) << closed.body;
  EXPECT_EQ(text_at(closed, "state"), "approved");
  EXPECT_EQ(settled(0), "150.00") << "who took the seat";
  EXPECT_EQ(settled(1), "125.00") << "who left it";
  EXPECT_TRUE(
      is_problem(refused(putting(R"({"hours":"3","approved":true})", "cleo")), 404, "not-found"))
      << "left, and has said nothing";
}

// covers: PUT /charters/{id}/hours/{member} works
TEST_F(Hours, that_the_owner_approves_are_paid_to_the_cent) {
  EXPECT_EQ(settled(0), "150.00");
  const Response approved = ask(putting(R"({"hours":"3.25","approved":true})"));
  ASSERT_EQ(approved.status, 200);
  EXPECT_EQ(approved.body, R"({"member":"ana","name":"Ana Reyes","state":"approved",)"
                           R"("hours":"3.25","stints":[]})");
  EXPECT_EQ(settled(0), "162.50");
  const int before = commits();
  ASSERT_EQ(ask(putting(R"({"hours":"3.25","approved":true})")).status, 200);
  EXPECT_EQ(commits(), before);
  const Response stints =
      ask(putting(R"({"approved":true,)"
                  R"("stints":[{"begins_at":"2027-05-30T15:30","ends_at":"2027-05-30T17:00"},)"
                  R"({"begins_at":"2027-05-30T17:30:00-07:00","ends_at":"2027-05-30T20:15"}]})"));
  EXPECT_EQ(text_at(stints, "hours"), "4.25");
  EXPECT_EQ(settled(0), "212.50");
  ASSERT_EQ(ask(putting(R"({"hours":"4.25","approved":false})")).status, 200);
  EXPECT_EQ(settled(0), "150.00");
  EXPECT_EQ(listed().at(0).at("stints").as_array().size(), 2U);
}

// covers: GET /charters/{id}/hours refused
// covers: PUT /charters/{id}/hours/{member} refused
TEST_F(Hours, of_others_are_the_owners_alone) {
  const std::string three = R"({"hours":"3","approved":true})";
  for (Ask call : {jada().owner(get, path("/hours")), putting(three)}) {
    std::erase_if(call.headers, [](const auto& one) { return one.name == "X-Dashboard-Token"; });
    EXPECT_TRUE(is_problem(refused(call), 401, "missing-credential"));
    EXPECT_TRUE(
        is_problem(refused(call.with("X-Dashboard-Token", "jada.a.b")), 401, "wrong-credential"));
    call.host = jada().sites().crew;
    EXPECT_GE(refused(call.with("Cookie", ana_)).status, 404) << "not on the crew's site";
  }
  EXPECT_TRUE(is_problem(refused(putting(three, "dora")), 404, "not-found"));
}

// covers: GET /charters/{id}/hours bad_input
// covers: PUT /charters/{id}/hours/{member} bad_input
TEST_F(Hours, that_overlap_or_end_before_they_start_are_named) {
  for (const char* id : {"jada.none", "%00", "-"})
    EXPECT_EQ(refused(jada().owner(get, std::string("/charters/") + id + "/hours")).status, 404);
  const std::string day = R"({"approved":true,"stints":[{"begins_at":"2027-05-30T)";
  const struct {
    std::string body;
    const char* field;
  } cases[] = {
      {"{}", "hours approved"},
      {R"({"hours":"3"})", "approved"},
      {R"({"hours":"3","approved":"yes"})", "approved"},
      {R"({"approved":true})", "hours"},
      {R"({"hours":"3.1","approved":true})", "hours"},
      {R"({"hours":3,"approved":true})", "hours"},
      {R"({"hours":"15.25","approved":true})", "hours"},
      {R"({"hours":"3","stints":[],"approved":true})", "hours stints"},
      {R"({"stints":[],"approved":true})", "stints"},
      {R"({"stints":[3],"approved":true})", "stints[0]"},
      {R"({"stints":[{"begins_at":"2027-05-30T16:00"}],"approved":true})", "stints[0].ends_at"},
      {R"({"hours":"3","approved":true,"rate":"9"})", "rate"},
      {day + R"(17:00","ends_at":"2027-05-30T16:00"}]})", "stints[0].ends_at"},
      {day + R"(10:00","ends_at":"2027-05-30T16:00"}]})", "stints[0].begins_at"},
      {day + R"(16:00","ends_at":"2027-05-30T18:00"},{"begins_at":"2027-05-30T17:00",)" +
           R"("ends_at":"2027-05-30T19:00"}]})",
       "stints[1].begins_at"},
      {day + R"(16:00-08:00","ends_at":"2027-05-30T18:00"}]})", "stints[0].begins_at"},
  };
  for (const auto& [body, names] : cases) {
    std::vector<std::string> fields;
    for (const std::string_view name : base::split(names, ' ')) fields.emplace_back(name);
    EXPECT_TRUE(is_problem(refused(putting(body)), 422, "invalid-request", fields)) << body;
  }
  EXPECT_TRUE(is_problem(refused(putting("[]")), 400, "malformed-request", {"body"}));
}

}  // namespace
}  // namespace web::testing
