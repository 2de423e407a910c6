// The owner's audit trail, and undoing what was done from a link.
#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;

class AuditApi : public WebTest {
 protected:
  AuditApi() {
    charter_ = book_example();
    run_jobs();
    ana_ = cookie_of(jada(), charter_, "ana");
  }
  std::string path(const std::string& below = "/audit") const {
    return "/charters/" + charter_ + below;
  }
  void answer(const std::string& answer) {
    clock().advance(std::chrono::milliseconds(20));
    const json::object body{{"answer", answer}};
    ASSERT_EQ(
        ask(jada().crew(post, path("/answer"), base::to_text(body)).with("Cookie", ana_)).status,
        200);
  }
  json::array trail() {
    const Response response = ask(jada().owner(get, path()));
    EXPECT_EQ(response.status, 200) << response.body;
    return object_of(response).at("audit").as_array();
  }
  // The id of the newest entry.
  std::string newest() { return std::string(trail().back().at("id").as_string()); }
  std::string undo_path(const std::string& entry) const {
    return path("/audit/" + entry + "/undo");
  }
  std::string answer_of_ana() {
    const Response event = ask(jada().service(get, "/events/" + charter_));
    return std::string(object_of(event).at("crew").at(0).at("answer").as_string());
  }

  std::string charter_;
  std::string ana_;
};

}  // namespace

// covers: GET /charters/{id}/audit works
TEST_F(AuditApi, tells_who_did_what_and_when) {
  answer("yes");
  const json::array entries = trail();
  ASSERT_EQ(entries.size(), 2U);
  const json::object& booking = entries[0].as_object();
  EXPECT_EQ(booking.at("verb"), json::value("take_booking"));
  EXPECT_TRUE(booking.at("actor").as_string().starts_with("dashboard key "));
  EXPECT_EQ(booking.at("can_undo"), json::value(false));
  EXPECT_EQ(booking.at("amounts").at("gross"), json::value("840.75"));
  const json::object& said = entries[1].as_object();
  EXPECT_EQ(base::to_text(said),
            R"({"id":")" + newest() + R"(","at":")" + base::format_utc(clock().now()) +
                R"(","actor":"crew ana","verb":"answer_call",)" +
                R"("facts":{"answer":"yes","member":"ana","role":"captain"},)" +
                R"("before":{"answer":"none"},"after":{"answer":"yes"},"can_undo":true})");
}

TEST_F(AuditApi, goes_on_after_an_entry_that_is_known) {
  answer("yes");
  answer("no");
  const json::array all = trail();
  const std::string after(all[1].at("id").as_string());
  const json::object rest = object_of(ask(jada().owner(get, path() + "?after=" + after)));
  EXPECT_EQ(rest.at("audit"), json::value(json::array{all[2]}));
  EXPECT_FALSE(rest.contains("next"));
}

// covers: GET /charters/{id}/audit refused
// covers: POST /charters/{id}/audit/{entry}/undo refused
TEST_F(AuditApi, needs_the_owners_token) {
  answer("yes");
  const std::string entry = newest();
  const std::pair<Method, std::string> calls[] = {{get, path()}, {post, undo_path(entry)}};
  for (const auto& [method, target] : calls) {
    Ask bare = jada().owner(method, target);
    bare.headers.clear();
    EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential")) << target;
    EXPECT_TRUE(
        is_problem(refused(bare.with("X-Service-Key", jada().key)), 401, "missing-credential"))
        << target;
    EXPECT_TRUE(is_problem(refused(bare.with("Cookie", ana_)), 401, "missing-credential"))
        << target;
  }
}

// covers: GET /charters/{id}/audit bad_input
TEST_F(AuditApi, cannot_be_asked_for_nonsense) {
  for (const char* after : {"", "yesterday", "_", "a_b_c", "../charter_", "2026%2F_a", "%00_a"})
    EXPECT_TRUE(is_problem(refused(jada().owner(get, path() + "?after=" + after)), 422,
                           "invalid-request", {"after"}))
        << after;
  EXPECT_TRUE(is_problem(refused(jada().owner(get, path() + "?after=%zz")), 422, "invalid-request",
                         {"query"}));
  for (const char* id : {"jada.none", "none", "%00", "..%2f..%2fetc", "\xF0\x9F\x9B\xA5"})
    EXPECT_TRUE(is_problem(refused(jada().owner(get, std::string("/charters/") + id + "/audit")),
                           404, "not-found"))
        << id;
}

// covers: POST /charters/{id}/audit/{entry}/undo works
TEST_F(AuditApi, an_answer_is_undone_and_may_be_given_anew) {
  answer("yes");
  answer("no");
  const std::string said = newest();
  clock().advance(std::chrono::seconds(1));
  const Response undone = ask(jada().owner(post, undo_path(said), "{}"));
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(answer_of_ana(), "yes");
  const json::array entries = trail();
  EXPECT_EQ(json::value(object_of(undone)), entries.back());
  EXPECT_EQ(entries.back().at("verb"), json::value("undo_deed"));
  EXPECT_EQ(entries.back().at("facts").at("undid"), json::value(said));
  EXPECT_EQ(entries[2].at("undone_by"), entries.back().at("id"));
  EXPECT_EQ(entries[2].at("can_undo"), json::value(false));
  EXPECT_EQ(entries[1].at("can_undo"), json::value(true)) << "the yes stands again";
  answer("no");
  EXPECT_EQ(answer_of_ana(), "no");
}

TEST_F(AuditApi, a_tick_is_undone_on_the_crews_page) {
  const auto ticked = [&] {
    const Response page = ask(jada().crew(get, path("")).with("Cookie", ana_));
    EXPECT_EQ(page.status, 200);
    return has(page.body, "aria-checked=\"true\"");
  };
  ASSERT_FALSE(ticked());
  clock().advance(std::chrono::milliseconds(20));
  ASSERT_EQ(
      ask(jada().crew(post, path("/checklist/d1"), R"({"done":true})").with("Cookie", ana_)).status,
      200);
  EXPECT_TRUE(ticked());
  EXPECT_EQ(ask(jada().owner(post, undo_path(newest()))).status, 200);
  EXPECT_FALSE(ticked());
}

TEST_F(AuditApi, what_was_undone_or_overtaken_is_a_conflict) {
  answer("yes");
  const std::string yes = newest();
  answer("no");
  const std::string no = newest();
  const Response overtaken = refused(jada().owner(post, undo_path(yes)));
  EXPECT_TRUE(is_problem(overtaken, 409, "changed-since"));
  EXPECT_TRUE(has(overtaken.body, no)) << "names what came since";
  const Ask undo = jada().owner(post, undo_path(no)).with("Idempotency-Key", "once");
  ASSERT_EQ(ask(undo).status, 200);
  EXPECT_TRUE(is_problem(refused(undo), 409, "already-undone")) << "with the same key too";
}

// covers: POST /charters/{id}/audit/{entry}/undo bad_input
TEST_F(AuditApi, only_what_a_link_did_can_be_undone) {
  EXPECT_TRUE(is_problem(refused(jada().owner(post, undo_path(newest()))), 422, "invalid-request",
                         {"entry"}))
      << "a booking";
  answer("yes");
  for (const char* body : {R"({"force":true})", "now", "[]"})
    EXPECT_TRUE(is_problem(refused(jada().owner(post, undo_path(newest()), body)), 422,
                           "invalid-request", {"body"}));
  for (const char* id : {"none", "_", "%00", "..%2fcharter", "2026-11-26T01:38:24.125Z_k3f2a7qm"})
    EXPECT_TRUE(is_problem(refused(jada().owner(post, undo_path(id))), 404, "not-found")) << id;
}

// covers: GET /charters/{id}/audit stranger
// covers: POST /charters/{id}/audit/{entry}/undo stranger
TEST_F(AuditApi, of_another_operator_is_not_there) {
  answer("yes");
  const std::pair<Method, std::string> calls[] = {{get, path()}, {post, undo_path(newest())}};
  for (const auto& [method, target] : calls) {
    EXPECT_TRUE(is_problem(refused(tern().owner(method, target)), 404, "not-found")) << target;
    Ask foreign = tern().owner(method, target);
    foreign.host = jada().sites().ops;
    EXPECT_TRUE(is_problem(refused(foreign), 401, "wrong-credential")) << target;
  }
  EXPECT_EQ(answer_of_ana(), "yes");
}

TEST_F(AuditApi, is_not_within_the_crews_reach) {
  answer("yes");
  const std::string entry = newest();
  const Ask asked[] = {jada().service(get, path()), jada().crew(get, path()).with("Cookie", ana_),
                       jada().service(post, undo_path(entry)),
                       jada().crew(post, undo_path(entry)).with("Cookie", ana_)};
  for (const Ask& question : asked) {
    const Response response = refused(question);
    EXPECT_EQ(response.status, 404) << question.target;
    EXPECT_FALSE(has(response.body, "840.75")) << question.target;
  }
}

}  // namespace web::testing
