// Photos: from the guest's question for a form to the owner's list, through the embedded store.
#include "tests/web/photos_fixture.h"

namespace web::testing {
namespace {

// covers: POST /g/{name}/photos/presign works
TEST_F(Photos, a_guest_with_the_key_gets_a_form) {
  const Response answer = ask(presign(question()));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const json::object body = object_of(answer);
  EXPECT_EQ(body.at("url"), json::string("https://guest.jada.localhost/o/jada-photos"));
  const std::string object_key(body.at("key").as_string());
  EXPECT_TRUE(object_key.starts_with("quarantine/" + charter_ + "/")) << object_key;
  EXPECT_TRUE(object_key.ends_with(".jpg"));
  EXPECT_EQ(body.at("fields").at("key"), body.at("key"));
  EXPECT_EQ(body.at("fields").at("Content-Type"), json::string("image/jpeg"));
  // A day from now, to the second.
  EXPECT_EQ(body.at("expires_at").as_string(),
            base::format_utc(std::chrono::floor<std::chrono::seconds>(clock().now()) +
                             std::chrono::hours(24)));
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].at("state"), json::string("pending"));
}

TEST_F(Photos, a_call_that_is_repeated_promises_one_photo) {
  const Ask call = presign(question()).with("Idempotency-Key", "first");
  const json::object first = object_of(ask(call));
  const Response again = ask(call);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(header_of(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(object_of(again).at("key"), first.at("key"));
  EXPECT_EQ(object_of(again).at("expires_at"), first.at("expires_at"));
  EXPECT_EQ(listed().size(), 1U);
  json::object other = question();
  other["bytes"] = 5;
  EXPECT_EQ(ask(presign(other).with("Idempotency-Key", "first")).status, 422);
  other["key"] = "wrong";
  EXPECT_NE(ask(presign(other).with("Idempotency-Key", "first")).status, 200);
  EXPECT_EQ(ask(presign(question()).with("Idempotency-Key", "second")).status, 200);
  EXPECT_EQ(listed().size(), 2U);
  clock().advance(std::chrono::hours(25));
  EXPECT_EQ(ask(call).status, 404) << "the form has ended";
}

TEST_F(Photos, a_client_gets_so_many_forms_and_then_has_to_wait) {
  Ask call = presign(question());
  call.peer = "203.0.113.9";
  for (int i = 0; i < 240; ++i) ASSERT_EQ(ask(call).status, 200) << i;
  const Response late = ask(call);
  EXPECT_TRUE(is_problem(late, 429, "too-many-forms"));
  EXPECT_EQ(header_of(late, "Retry-After"), "600");
  EXPECT_EQ(ask(presign(question())).status, 200) << "another client";
  clock().advance(std::chrono::minutes(10));
  EXPECT_EQ(ask(call).status, 200);
}

TEST_F(Photos, the_key_may_come_as_a_bearer) {
  json::object body = question();
  body.erase("key");
  EXPECT_EQ(ask(presign(body).with("Authorization", "Bearer " + key_)).status, 200);
}

// covers: POST /g/{name}/photos/presign refused stranger
TEST_F(Photos, every_reason_not_to_give_a_form_looks_the_same) {
  book_tern();
  std::vector<Ask> questions;
  json::object wrong = question();
  wrong["key"] = std::string(key_.size(), 'a');
  questions.push_back(presign(wrong));
  wrong.erase("key");
  questions.push_back(presign(wrong));
  questions.push_back(presign(question(), "boatsetter-may-31"));
  Ask foreign = presign(question());
  foreign.host = tern().sites().guest;
  questions.push_back(foreign);
  std::set<std::string> bodies;
  for (const Ask& one : questions) {
    const Response answer = refused(one);
    EXPECT_EQ(answer.status, 404);
    bodies.insert(answer.body);
  }
  advance_to(*base::parse_utc("2027-06-01T02:30:00Z"));  // 24 h after the end
  const Response late = refused(presign(question()));
  EXPECT_EQ(late.status, 404);
  bodies.insert(late.body);
  EXPECT_EQ(bodies.size(), 1U);
}

TEST_F(Photos, of_a_guest_who_was_replaced_end_with_their_key) {
  const auto email = [&](const std::string& address, const std::string& revision) {
    const Response answer = ask(jada()
                                    .owner(Method::patch, "/charters/" + charter_,
                                           R"({"guest":{"email":")" + address + "\"}}")
                                    .with("If-Match", '"' + revision + '"'));
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string link = text_at(answer, "guest_link");
    return link.substr(link.find("#k=") + 3);
  };
  EXPECT_EQ(email("DANA@guest.example", "1"), key_) << "the same person";
  const std::string eves = email("eve@guest.example", "2");
  EXPECT_NE(eves, key_);
  EXPECT_TRUE(is_problem(refused(presign(question())), 404, "not-found"));
  key_ = eves;
  EXPECT_EQ(ask(presign(question())).status, 200);
  const std::string nobodys = email("", "3");
  EXPECT_NE(nobodys, eves) << "who was taken off is not the guest any more";
  EXPECT_EQ(email("dana@guest.example", "4"), nobodys) << "which nobody has";
}

TEST_F(Photos, an_address_that_guesses_keys_has_to_wait) {
  json::object wrong = question();
  wrong["key"] = std::string(key_.size(), 'a');
  Ask guess = presign(wrong);
  guess.peer = "203.0.113.9";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(refused(guess).status, 404);
  const Response late = refused(guess);
  EXPECT_EQ(late.status, 429);
  EXPECT_FALSE(header_of(late, "Retry-After").empty());
  Ask right = presign(question());
  right.peer = guess.peer;
  EXPECT_EQ(ask(right).status, 200);
}

TEST_F(Photos, a_form_ends_with_the_window) {
  advance_to(*base::parse_utc("2027-06-01T01:00:00Z"));
  EXPECT_EQ(form().at("expires_at"), json::string("2027-06-01T02:30:00Z"));
}

// covers: POST /g/{name}/photos/presign bad_input
TEST_F(Photos, each_fault_of_a_question_names_its_field) {
  struct Case {
    std::string_view field;
    json::value value;
  };
  const Case cases[] = {{"filename", ""},
                        {"filename", "a\nb.jpg"},
                        {"content_type", "image/svg+xml"},
                        {"content_type", "text/html"},
                        {"bytes", 0},
                        {"bytes", 26'214'401},
                        {"bytes", -1},
                        {"bytes", "4"},
                        {"extra", 1}};
  for (const Case& one : cases) {
    json::object body = question();
    body[one.field] = one.value;
    EXPECT_TRUE(
        is_problem(refused(presign(body)), 422, "invalid-request", {std::string(one.field)}))
        << one.field << base::to_text(one.value);
  }
  Ask broken = presign(question());
  broken.body = "{";
  EXPECT_EQ(refused(broken).status, 400);
}

// covers: POST /o/{bucket} works
// covers: GET /charters/{id}/photos works
// covers: GET /charters/{id}/photos/{photo} works
TEST_F(Photos, what_is_posted_is_the_owners) {
  const json::object asked = form();
  const Response answer =
      stream(upload(body_of(asked.at("fields").as_object(), "\xff\xd8\xff\xe0")));
  EXPECT_EQ(answer.status, 204) << answer.body;
  EXPECT_FALSE(header_of(answer, "ETag").empty());
  EXPECT_EQ(header_of(answer, "Location"), "https://guest.jada.localhost/o/jada-photos/" +
                                               std::string(asked.at("key").as_string()));
  ASSERT_EQ(listed().size(), 1U);
  const json::value photo = listed()[0];
  EXPECT_EQ(photo.at("state"), json::string("received"));
  EXPECT_EQ(photo.at("filename"), json::string("Sunset over Point Loma.jpg"));
  EXPECT_EQ(photo.at("bytes"), json::value(4));
  EXPECT_TRUE(photo.at("received_at").is_string());
  const Response bytes = ask(jada().owner(
      Method::get, "/charters/" + charter_ + "/photos/" + std::string(photo.at("id").as_string())));
  EXPECT_EQ(bytes.body, "\xff\xd8\xff\xe0");
  EXPECT_EQ(header_of(bytes, "Content-Type"), "image/jpeg");
  EXPECT_TRUE(has(header_of(bytes, "Content-Disposition"), "attachment"));
  const json::object receipt =
      object_of(ask(jada().owner(Method::get, "/charters/" + charter_ + "/receipt")));
  bool done = false;
  for (const json::value& line : receipt.at("receipt").as_array())
    if (line.at("kind") == json::string("photo")) done = line.at("state") == json::string("done");
  EXPECT_TRUE(done);
}

TEST_F(Photos, where_the_store_has_addresses_the_owner_is_sent_to_one) {
  const json::object asked = form();
  ASSERT_EQ(stream(upload(body_of(asked.at("fields").as_object(), "\xff\xd8\xff\xe0"))).status,
            204);
  object_store().has_addresses = true;
  const std::string photo(listed()[0].at("id").as_string());
  const std::string path = "/charters/" + charter_ + "/photos/";
  const Response answer = ask(jada().owner(Method::get, path + photo));
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header_of(answer, "Location"),
            "https://photos.example/jada/" + std::string(asked.at("key").as_string()));
  EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(object_store().asked.content_type, "image/jpeg");
  EXPECT_EQ(object_store().asked.content_disposition,
            "attachment; filename*=UTF-8''Sunset%20over%20Point%20Loma.jpg");
  EXPECT_EQ(object_store().asked.lifetime, std::chrono::minutes(5));
  EXPECT_EQ(refused(jada().owner(Method::get, path + "abc")).status, 404);
  EXPECT_EQ(refused(tern().owner(Method::get, path + photo)).status, 404);
}

TEST_F(Photos, a_body_may_be_cut_anywhere) {
  const json::object fields = form().at("fields").as_object();
  const std::string body = body_of(fields, "four");
  for (std::size_t cut = 0; cut <= body.size(); cut += 7)
    EXPECT_EQ(stream(upload(body), cut).status, 204) << cut;
  EXPECT_EQ(objects().size(), 1U);
}

// covers: POST /o/{bucket} refused bad_input stranger
TEST_F(Photos, the_store_refuses_in_its_own_words_and_keeps_nothing) {
  const json::object fields = form().at("fields").as_object();
  const auto with = [&](std::string_view name, std::string_view value) {
    json::object changed = fields;
    changed[name] = value;
    return stream(upload(body_of(changed, "four")));
  };
  expect_refused(with("key", "quarantine/" + charter_ + "/other.jpg"), 403, "AccessDenied");
  expect_refused(with("Content-Type", "text/html"), 403, "AccessDenied");
  expect_refused(with("acl", "public-read"), 403, "AccessDenied");
  expect_refused(with("x-amz-signature", std::string(64, '0')), 403, "SignatureDoesNotMatch");
  expect_refused(stream(upload(body_of(fields, "five!"))), 400, "EntityTooLarge");
  expect_refused(stream(upload(body_of(fields, ""))), 400, "EntityTooSmall");
  expect_refused(stream(upload(body_of(fields, "four"), "tern-photos")), 404, "NoSuchBucket");
  std::string cut = body_of(fields, "four");
  cut.resize(cut.size() - 4);
  expect_refused(stream(upload(cut)), 400, "MalformedPOSTRequest");
  Ask no_form = upload("x");
  no_form.headers[0].value = "text/plain";
  expect_refused(stream(no_form), 412, "PreconditionFailed");
  Ask abroad = upload(body_of(fields, "four"));
  abroad.host = tern().sites().guest;
  expect_refused(stream(abroad), 404, "NoSuchBucket");
  clock().advance(std::chrono::hours(24));
  expect_refused(stream(upload(body_of(fields, "four"))), 403, "AccessDenied");
  EXPECT_EQ(listed()[0].at("state"), json::string("pending"));
}

TEST_F(Photos, a_body_that_breaks_off_leaves_nothing) {
  const Ask question = upload(body_of(form().at("fields").as_object(), "four"));
  auto start = router().open(head_of(question));
  auto& sink = std::get<std::unique_ptr<BodySink>>(start);
  EXPECT_FALSE(sink->take(question.body.substr(0, question.body.size() - 12)));
  sink.reset();
  EXPECT_TRUE(objects().empty());
}

TEST_F(Photos, a_promise_that_nobody_kept_is_forgotten) {
  form();
  ASSERT_EQ(listed().size(), 1U);
  clock().advance(std::chrono::hours(26));
  run_jobs();
  EXPECT_TRUE(listed().empty());
  const Response receipt = ask(jada().owner(Method::get, "/charters/" + charter_ + "/receipt"));
  EXPECT_FALSE(has(receipt.body, "\"photo\""));
}

// covers: GET /charters/{id}/photos refused bad_input stranger
// covers: GET /charters/{id}/photos/{photo} refused bad_input stranger
// covers: GET /photos/key refused bad_input stranger
TEST_F(Photos, the_owners_addresses_are_the_owners) {
  for (const std::string& path :
       {"/charters/" + charter_ + "/photos", "/charters/" + charter_ + "/photos/abc",
        std::string("/photos/key")}) {
    Ask bare = jada().owner(Method::get, path);
    bare.headers.clear();
    EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential")) << path;
    EXPECT_TRUE(
        is_problem(refused(bare.with("X-Dashboard-Token", "x.y.z")), 401, "wrong-credential"));
    EXPECT_TRUE(
        is_problem(refused(bare.with("X-Dashboard-Token", tern().token)), 401, "wrong-credential"));
  }
  EXPECT_EQ(refused(jada().owner(Method::get, "/charters/tern.abc/photos")).status, 404);
  EXPECT_EQ(refused(jada().owner(Method::get, "/charters/" + charter_ + "/photos/abc")).status,
            404);
}

// covers: OPTIONS /o/{bucket} works refused bad_input stranger
TEST_F(Photos, only_the_tenants_own_sites_may_post_from_a_page) {
  Ask preflight = jada().guest("/o/jada-photos").with("Access-Control-Request-Method", "POST");
  preflight.method = Method::options;
  EXPECT_EQ(refused(preflight).status, 400);
  const Response own = ask(preflight.with("Origin", "https://ops.jada.localhost"));
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(header_of(own, "Access-Control-Allow-Origin"), "https://ops.jada.localhost");
  for (const char* foreign : {"https://guest.tern.localhost", "http://guest.jada.localhost", "null",
                              "https://guest.jada.localhost.evil.example"}) {
    const Response answer = refused(preflight.with("Origin", foreign));
    EXPECT_EQ(answer.status, 403) << foreign;
    EXPECT_EQ(header_of(answer, "Access-Control-Allow-Origin"), "");
  }
}

}  // namespace
}  // namespace web::testing
