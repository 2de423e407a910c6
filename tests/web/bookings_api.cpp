// POST /bookings: one message becomes everything, or nothing.
#include "web/routes.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto post = Method::post;

class Bookings : public WebTest {
 protected:
  Response send(const std::string& body) { return ask(jada().owner(post, "/bookings", body)); }
  std::string held(const Operator& by, std::string_view vessel, std::string_view kind = "hold") {
    const json::object body{{"kind", kind},
                            {"vessel", vessel},
                            {"title", "Maybe Dana"},
                            {"starts_at", "2027-05-30T16:00"},
                            {"ends_at", "2027-05-30T20:00"}};
    const Response response = ask(by.owner(post, "/calendar", base::to_text(body)));
    EXPECT_EQ(response.status, 201) << response.body;
    return text_at(response, "id");
  }
  Response send_refused(const std::string& body) {
    return refused(jada().owner(post, "/bookings", body));
  }
};

std::string example() {
  return base::to_text(example_booking());
}

// covers: POST /bookings works
TEST_F(Bookings, answer_with_the_contracts_own_bytes) {
  const Response response = send(example());
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(header_of(response, "Content-Type"), "application/json");
  const std::string id = text_at(response, "charter");
  const std::string key = domain::guest_key_for(world().server_key, domain::CharterId(id), 0);
  const auto job = [&](std::string_view name, std::string_view kind, std::string_view to) {
    return R"({"job":")" + id + "." + std::string(name) + R"(","kind":")" + std::string(kind) +
           R"(","to":")" + std::string(to) +
           R"(","state":"planned","due_at":"2027-05-22T15:33:20Z","revision":1,"attempts":0})";
  };
  EXPECT_EQ(
      response.body,
      R"({"charter":")" + id +
          R"(","status":"confirmed","revision":1,"slug":"boatsetter-may-30",)"
          R"("guest_page":"https://guest.jada.localhost/g/boatsetter-may-30.html",)"
          R"("guest_link":"https://guest.jada.localhost/g/boatsetter-may-30.html#k=)" +
          key +
          R"(","starts_at":"2027-05-30T16:30:00-07:00","ends_at":"2027-05-30T19:30:00-07:00",)"
          R"("timezone":"America/Los_Angeles","starts_at_utc":"2027-05-30T23:30:00Z",)"
          R"("event":{"id":")" +
          id + R"(","url":"https://crew.jada.localhost/charters/)" + id +
          R"("},"calendar_entry":{"id":")" + id +
          R"("},"settlement":{"gross":"840.75","currency":"USD","lines":[)"
          R"({"kind":"pay","role":"captain","member":"ana","hours":"3","rate":"50.00",)"
          R"("amount":"150.00"},)"
          R"({"kind":"pay","role":"crew","member":"ben","hours":"5","rate":"25.00",)"
          R"("amount":"125.00"},)"
          R"({"kind":"pay","role":"crew","member":"cleo","hours":"5","rate":"25.00",)"
          R"("amount":"125.00"},)"
          R"({"kind":"fee","name":"port_tax","percent":"18","amount":"151.34"}],)"
          R"("net":"289.41"},"receipt":[)" +
          job("guest_page.1", "guest_page", "boatsetter-may-30.html") + "," +
          job("crew_call.1", "crew_call", "crew") + "," +
          job("guest_mail.1", "guest_mail", "dana@guest.example") + "," +
          job("crew_mail.1.ana", "crew_mail", "ana@crew.example") + "," +
          job("crew_mail.1.ben", "crew_mail", "ben@crew.example") + "," +
          job("crew_mail.1.cleo", "crew_mail", "cleo@crew.example") + "]}");
}

TEST_F(Bookings, are_one_commit) {
  const int before = commits();
  book_example();
  EXPECT_EQ(commits(), before + 1);
}

TEST_F(Bookings, need_four_fields_only) {
  EXPECT_EQ(send(base::to_text(small_booking("2027-06-01T10:00"))).status, 201);
  json::object by_end = small_booking("2027-06-02T10:00-07:00");
  by_end.erase("duration_minutes");
  by_end["ends_at"] = "2027-06-02T12:30";
  const Response response = send(base::to_text(by_end));
  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(text_at(response, "ends_at"), "2027-06-02T12:30:00-07:00");
}

TEST_F(Bookings, know_three_ways_to_pay_a_captain) {
  const Response channel = send(changed(example_booking(), "/captain_fee", "channel"));
  ASSERT_EQ(channel.status, 201) << channel.body;
  const json::value by_channel = object_of(channel).at("settlement");
  EXPECT_EQ(by_channel.at("net"), json::string("439.41"));
  EXPECT_EQ(by_channel.at("lines").at(0).at("amount"), json::string("0.00"));
  EXPECT_EQ(by_channel.at("lines").at(0).at("paid_by"), json::string("channel"));

  json::object later = example_booking();
  later["reference"] = "OTHER";
  later["starts_at"] = "2027-05-31T16:30";
  const Response unverified = send(changed(later, "/captain_fee", "unverified"));
  ASSERT_EQ(unverified.status, 201) << unverified.body;
  const json::value both = object_of(unverified).at("settlement");
  EXPECT_EQ(both.at("net"), json::string("289.41"));
  EXPECT_EQ(both.at("net_if_channel_pays"), json::string("439.41"));
}

TEST_F(Bookings, of_one_day_get_slugs_of_their_own) {
  book(jada(), small_booking("2027-07-04T08:00"));
  for (const char* slug : {"direct-jul-4-2", "direct-jul-4-3"}) {
    const bool second = std::string_view(slug).ends_with("2");
    const Response response =
        send(base::to_text(small_booking(second ? "2027-07-04T11:00" : "2027-07-04T14:00")));
    EXPECT_EQ(text_at(response, "slug"), slug);
  }
}

TEST_F(Bookings, take_the_place_of_the_hold_they_name) {
  const std::string hold = held(jada(), "jada");
  EXPECT_TRUE(is_problem(send_refused(example()), 409, "busy", {"vessel"}));
  const Response response = send(changed(example_booking(), "/hold", json::string(hold)));
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_FALSE(has(response.body, hold));
  EXPECT_FALSE(has(response.body, "Maybe Dana"));
  const Response shown = ask(jada().owner(Method::get, "/calendar"));
  EXPECT_FALSE(has(shown.body, hold)) << shown.body;
  const std::string charter = text_at(response, "charter");
  const Response trail = ask(jada().owner(Method::get, "/charters/" + charter + "/audit"));
  EXPECT_TRUE(has(trail.body, hold)) << trail.body;
}

TEST_F(Bookings, name_no_hold_that_is_none) {
  const std::string spent = held(jada(), "skiff");
  json::object first = small_booking("2027-05-30T16:00");
  first["vessel"] = "skiff";
  first["hold"] = spent;
  const std::string charter = book(jada(), first);
  const std::string ids[] = {
      "jada.bnone",         spent,      charter, held(jada(), "jada", "maintenance"),
      held(tern(), "tern"), "../tenant"};
  std::string answer;
  for (const std::string& id : ids) {
    const Response response = send_refused(changed(example_booking(), "/hold", json::string(id)));
    EXPECT_TRUE(is_problem(response, 422, "invalid-request", {"hold"})) << id;
    if (answer.empty()) answer = response.body;
    EXPECT_EQ(response.body, answer) << "whose it is stays untold";
  }
  for (const json::value& wrong :
       {json::value(""), json::value(7), json::value(json::string(81, 'b'))})
    EXPECT_TRUE(is_problem(send_refused(changed(example_booking(), "/hold", wrong)), 422,
                           "invalid-request", {"hold"}))
        << wrong;
}

// covers: POST /bookings refused
TEST_F(Bookings, refuse_what_is_in_the_way_by_name) {
  const std::string first = book_example();
  const Response again = send_refused(changed(example_booking(), "/starts_at", "2027-08-01T10:00"));
  EXPECT_TRUE(is_problem(again, 409, "already-booked", {"reference"}));
  EXPECT_TRUE(has(again.body, first));

  json::object other = example_booking();
  other["reference"] = "OTHER";
  other["starts_at"] = "2027-05-30T20:29";  // a minute within the turnaround
  const Response busy = send_refused(base::to_text(other));
  EXPECT_TRUE(is_problem(busy, 409, "busy", {"vessel"}));
  EXPECT_TRUE(has(busy.body, first));

  other["starts_at"] = "2027-05-30T18:00";
  other["vessel"] = "skiff";
  const Response person = send_refused(base::to_text(other));
  EXPECT_TRUE(is_problem(person, 409, "busy", {"crew[0].member"}));
  EXPECT_TRUE(has(person.body, first));

  other["vessel"] = "jada";
  other["starts_at"] = "2027-05-30T20:30";
  EXPECT_EQ(send(base::to_text(other)).status, 201) << "the turnaround may be used up";
}

struct BadField {
  const char* name;
  std::string body;
  std::vector<std::string> fields;
};

std::vector<BadField> bad_fields() {
  const json::object good = example_booking();
  const auto with = [&](std::string_view at, json::value value) {
    return changed(good, at, std::move(value));
  };
  json::object until = good;
  until.erase("duration_minutes");
  return {
      {"unknown field", with("/colour", "red"), {"colour"}},
      {"unknown field within", with("/guest/age", 40), {"guest.age"}},
      {"unknown field in a list", with("/crew/1/pay", "9"), {"crew[1].pay"}},
      {"three decimals", with("/gross", "840.755"), {"gross"}},
      {"negative", with("/gross", "-840.75"), {"gross"}},
      {"money as a number", with("/gross", 840.75), {"gross"}},
      {"an exponent", with("/gross", "1e3"), {"gross"}},
      {"end before start", changed(until, "/ends_at", "2027-05-30T16:00"), {"ends_at"}},
      {"end at start", changed(until, "/ends_at", "2027-05-30T16:30"), {"ends_at"}},
      {"no length", without(good, "duration_minutes"), {"duration_minutes"}},
      {"two lengths", with("/ends_at", "2027-05-30T19:30"), {"ends_at"}},
      {"no time at all", with("/duration_minutes", 0), {"duration_minutes"}},
      {"half a minute", with("/duration_minutes", 90.5), {"duration_minutes"}},
      {"spring gap", with("/starts_at", "2027-03-14T02:30"), {"starts_at"}},
      {"autumn overlap", with("/starts_at", "2027-11-07T01:30"), {"starts_at"}},
      {"wrong offset", with("/starts_at", "2027-05-30T16:30-08:00"), {"starts_at"}},
      {"no time", with("/starts_at", "Sunday"), {"starts_at"}},
      {"no such day", with("/starts_at", "2027-02-30T10:00"), {"starts_at"}},
      {"no channel", without(good, "channel"), {"channel"}},
      {"null channel", with("/channel", nullptr), {"channel"}},
      {"capitals in the channel", with("/channel", "Boat Setter"), {"channel"}},
      {"unknown vessel", with("/vessel", "pinta"), {"vessel"}},
      {"a stranger's vessel", with("/vessel", "tern"), {"vessel"}},
      {"unknown person", with("/crew/0/member", "zoe"), {"crew[0].member"}},
      {"role not held", with("/crew/0/role", "crew"), {"crew[0].role"}},
      {"person twice", with("/crew/2/member", "ben"), {"crew[2].member"}},
      {"crew no list", with("/crew", "ana"), {"crew"}},
      {"crew no object", with("/crew/1", "ben"), {"crew[1]"}},
      {"13 guests on 12 seats", with("/guest/party_size", 13), {"guest.party_size"}},
      {"no guests", with("/guest/party_size", 0), {"guest.party_size"}},
      {"beyond 64 bits", with("/guest/party_size", 1e19), {"guest.party_size"}},
      {"no mail address", with("/guest/email", "dana at home"), {"guest.email"}},
      {"mail header smuggled",
       with("/guest/email", "d@a.example\r\nBcc: x@y.example"),
       {"guest.email"}},
      {"control character", with("/guest/name", "Dana\x07"), {"guest.name"}},
      {"line feed in a name", with("/guest/name", "Dana\nWhitfield"), {"guest.name"}},
      {"carriage return in notes", with("/crew_notes", "a\r\nb"), {"crew_notes"}},
      {"NUL", with("/reference", json::string("X\0Y", 3)), {"reference"}},
      {"a C1 control",
       with("/internal_notes",
            "a\xC2\x85"
            "b"),
       {"internal_notes"}},
      {"too long", with("/guest/name", json::string(121, 'a')), {"guest.name"}},
      {"amount for crew", with("/crew_notes", "They paid $840.75"), {"crew_notes"}},
      {"amount for guests", with("/guest_notes", "Balance 120 USD"), {"guest_notes"}},
      {"amount in the title", with("/title", "Sunset for $840"), {"title"}},
      {"unknown captain fee", with("/captain_fee", "later"), {"captain_fee"}},
      {"no bool", with("/allow_amounts", "yes"), {"allow_amounts"}},
  };
}

// covers: POST /bookings bad_input
TEST_F(Bookings, name_each_field_at_fault_and_leave_nothing) {
  for (const BadField& bad : bad_fields())
    EXPECT_TRUE(is_problem(send_refused(bad.body), 422, "invalid-request", bad.fields)) << bad.name;
  EXPECT_EQ(send(example()).status, 201) << "a refused booking left something in the way";
}

TEST_F(Bookings, name_all_faults_at_once) {
  json::object body = example_booking();
  body["channel"] = "NO";
  body["starts_at"] = "never";
  body["colour"] = "red";
  EXPECT_TRUE(is_problem(send_refused(base::to_text(body)), 422, "invalid-request",
                         {"channel", "starts_at", "colour"}));
}

TEST_F(Bookings, refuse_bodies_that_cannot_be_read) {
  const std::string whole = example();
  const std::vector<std::pair<const char*, std::string>> bodies = {
      {"empty", ""},
      {"cut off", whole.substr(0, whole.size() / 2)},
      {"one byte short", whole.substr(0, whole.size() - 1)},
      {"two values", whole + "{}"},
      {"a list", "[" + whole + "]"},
      {"deep", std::string(40, '[') + std::string(40, ']')},
      {"deep within", R"({"guest":)" + std::string(200'000, '[')},
      {"not UTF-8", R"({"channel":")"
                    "\xFF\xFE"
                    R"("})"},
      {"half a surrogate pair", R"({"channel":"\ud800"})"},
      {"a name twice", R"({"channel":"direct","channel":"viator"})"},
      {"a raw control character", "{\"channel\":\"a\x01\"}"},
      {"no number", R"({"duration_minutes":NaN})"},
      {"a form", "channel=direct&vessel=jada"},
  };
  for (const auto& [name, body] : bodies)
    EXPECT_TRUE(is_problem(send_refused(body), 400, "malformed-request", {"body"})) << name;
}

TEST_F(Bookings, take_a_mebibyte_and_not_one_byte_more) {
  std::string body = example();
  body.append(small_body_bytes_max - body.size(), ' ');
  EXPECT_TRUE(is_problem(send_refused(body + " "), 413, "body-too-large", {"body"}));
  EXPECT_EQ(send(body).status, 201);
}

TEST_F(Bookings, show_amounts_only_where_the_owner_says_so) {
  json::object body = example_booking();
  body["crew_notes"] = "Collect $20 for ice";
  EXPECT_TRUE(
      is_problem(send_refused(base::to_text(body)), 422, "invalid-request", {"crew_notes"}));
  body["allow_amounts"] = true;
  EXPECT_EQ(send(base::to_text(body)).status, 201);
}

TEST_F(Bookings, with_one_key_happen_once) {
  const Ask call = jada().owner(post, "/bookings", example()).with("Idempotency-Key", "k-1");
  const Response first = ask(call);
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(header_of(first, "Idempotency-Replayed"), "");
  const int before = commits();
  clock().advance(std::chrono::hours(1));
  const Response again = ask(call);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header_of(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(commits(), before);

  Ask other = call;
  other.body = changed(example_booking(), "/gross", "900.00");
  EXPECT_TRUE(is_problem(refused(other), 422, "idempotency-key-reused", {"Idempotency-Key"}));
}

TEST_F(Bookings, that_were_refused_leave_their_key_free) {
  const Ask bad = jada()
                      .owner(post, "/bookings", changed(example_booking(), "/vessel", "pinta"))
                      .with("Idempotency-Key", "k-1");
  EXPECT_EQ(refused(bad).status, 422);
  Ask mended = bad;
  mended.body = example();
  EXPECT_EQ(ask(mended).status, 201);
}

TEST_F(Bookings, share_no_key_with_another_operator) {
  const Ask first = jada().owner(post, "/bookings", example()).with("Idempotency-Key", "k-1");
  ASSERT_EQ(ask(first).status, 201);
  json::object body = small_booking("2027-05-30T10:00");
  body["vessel"] = "tern";
  const Response second =
      ask(tern().owner(post, "/bookings", base::to_text(body)).with("Idempotency-Key", "k-1"));
  EXPECT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(header_of(second, "Idempotency-Replayed"), "");
}

TEST_F(Bookings, refuse_keys_that_are_none) {
  for (const std::string& key : {std::string(), std::string(256, 'k'), std::string("two words"),
                                 std::string("caf\xC3\xA9"), std::string("a\x7F")})
    EXPECT_TRUE(
        is_problem(refused(jada().owner(post, "/bookings", example()).with("Idempotency-Key", key)),
                   422, "invalid-request", {"Idempotency-Key"}))
        << key;
}

// covers: POST /bookings stranger
TEST_F(Bookings, of_a_stranger_are_refused_and_touch_nobody) {
  Ask foreign = tern().owner(post, "/bookings", example());
  foreign.host = jada().sites().ops;
  EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential"));
  // At home the same booking names a boat that the other operator has: unknown here.
  EXPECT_TRUE(is_problem(refused(tern().owner(post, "/bookings", example())), 422,
                         "invalid-request",
                         {"vessel", "crew[0].member", "crew[1].member", "crew[2].member"}));
}

}  // namespace
}  // namespace web::testing
