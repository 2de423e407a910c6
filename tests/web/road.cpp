// The address that tells what arrives: to the doctor everything it sent, to a stranger nothing it
// did not know.
#include "web/road.h"

#include "tests/web/web_fixture.h"

namespace web::testing {

namespace {

const std::string word(road_word);

class Road : public WebTest {
 protected:
  Ask probe(Method method = Method::get, const std::string& body = {}) const {
    Ask ask{method, jada().sites().ops, "/healthz/road?road=" + word + "&nonce=abc234", body, {}};
    ask.headers = {{"X-Dashboard-Token", word},
                   {"X-Service-Key", word},
                   {"Authorization", "Bearer " + word},
                   {"Cookie", "road=" + word},
                   {"Idempotency-Key", word},
                   {"If-Match", "\"" + word + "\""},
                   {"If-None-Match", "\"" + word + "\""},
                   {"Origin", "https://" + word + ".example"},
                   {"Accept", "application/json;road=" + word},
                   {"Content-Type", "application/json;road=" + word}};
    return ask;
  }
  // The answer, and that nothing was committed for it.
  Response told(const Ask& question) {
    const int before = commits();
    Response response = ask(question);
    EXPECT_EQ(response.status, 200) << question.target;
    EXPECT_EQ(commits(), before);
    return response;
  }
  static std::vector<std::string> headers_in(const Response& response) {
    std::vector<std::string> names;
    const json::object body = object_of(response);
    for (const json::value& name : body.at("headers").as_array())
      names.emplace_back(name.as_string());
    return names;
  }
};

}  // namespace

// covers: GET /healthz/road works
TEST_F(Road, all_that_arrives_is_named) {
  const Response response = told(probe());
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(headers_in(response),
            std::vector<std::string>(road_headers.begin(), road_headers.end()));
  const json::object body = object_of(response);
  EXPECT_EQ(body.at("road"), json::string("fairlead"));
  EXPECT_EQ(body.at("nonce"), json::string("abc234"));
  EXPECT_EQ(body.at("query"), json::value(true));
  EXPECT_EQ(body.at("site"), json::string("ops"));
  EXPECT_EQ(body.at("body_bytes"), json::value(0));
}

TEST_F(Road, what_does_not_arrive_is_not_named) {
  for (std::size_t eaten = 0; eaten < road_headers.size(); ++eaten) {
    Ask ask = probe();
    ask.headers.erase(ask.headers.begin() + static_cast<std::ptrdiff_t>(eaten));
    const auto named = headers_in(told(ask));
    EXPECT_EQ(named.size(), road_headers.size() - 1);
    EXPECT_EQ(std::count(named.begin(), named.end(), road_headers[eaten]), 0);
  }
  Ask bare = probe();
  bare.target = "/healthz/road";
  const json::object body = object_of(told(bare));
  EXPECT_EQ(body.at("query"), json::value(false));
  EXPECT_EQ(body.at("nonce"), json::string(""));
}

TEST_F(Road, each_method_is_told_with_its_body) {
  for (const Method method :
       {Method::post, Method::put, Method::patch, Method::del, Method::options}) {
    const Response response = told(probe(method, "{}"));
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(text_at(response, "method"), base::name_of(method));
    EXPECT_EQ(object_of(response).at("body_bytes"), json::value(2));
    EXPECT_FALSE(ready(probe(method)));
  }
}

TEST_F(Road, the_kind_of_site_is_told_and_nothing_else_of_it) {
  const std::pair<std::string, json::value> hosts[] = {{jada().sites().ops, "ops"},
                                                       {jada().sites().crew, "crew"},
                                                       {jada().sites().guest, "guest"},
                                                       {"nobody.localhost", nullptr},
                                                       {"", nullptr}};
  for (const auto& [host, site] : hosts) {
    Ask ask = probe();
    ask.host = host;
    const Response response = told(ask);
    EXPECT_EQ(response.status, 200) << host;
    EXPECT_EQ(object_of(response).at("site"), site) << host;
    EXPECT_FALSE(has(response.body, "jada")) << response.body;
  }
}

TEST_F(Road, a_host_of_the_apis_own_is_told_without_looking_at_a_credential) {
  Router at_api(app::Tenancy(owners()), world(), pages(), {{}, {"api.example"}});
  Ask ask = probe();
  ask.host = "api.example";
  EXPECT_EQ(text_at(at_api.answer({head_of(ask), {}}), "site"), "api");
  Router of_crew(app::Tenancy(owners()), world(), pages(), {{}, {}, Serving::crew_and_guests});
  EXPECT_EQ(object_of(of_crew.answer({head_of(probe()), {}})).at("site"), json::value(nullptr))
      << "a site that is served elsewhere";
}

TEST_F(Road, no_answer_is_another_or_may_be_kept) {
  const Response first = told(probe());
  EXPECT_NE(text_at(first, "answer"), text_at(told(probe()), "answer"));
  EXPECT_EQ(header_of(first, "Cache-Control"), "no-store");
}

// covers: GET /healthz/road stranger
TEST_F(Road, a_stranger_learns_nothing_of_what_others_sent) {
  Ask ask = probe();
  for (base::Header& header : ask.headers) header.value = "a-secret-of-somebody";
  ask.target = "/healthz/road?nonce=abc234&road=other&secret=x";
  const Response response = told(ask.with("X-Forwarded-For", word).with("X-Other", word));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(headers_in(response).empty());
  EXPECT_FALSE(has(response.body, "secret"));
  EXPECT_FALSE(has(response.body, "abc234"));
}

// covers: GET /healthz/road bad_input
TEST_F(Road, only_a_plain_nonce_is_echoed) {
  for (const std::string& nonce : {std::string("%3Cscript%3E"), std::string("a%0ab"),
                                   std::string("A"), std::string(65, 'a'), std::string("%ff")}) {
    Ask ask = probe();
    ask.target = "/healthz/road?road=" + word + "&nonce=" + nonce;
    EXPECT_EQ(text_at(told(ask), "nonce"), "") << nonce;
  }
}

// covers: GET /healthz/road refused
TEST_F(Road, a_body_that_is_no_probe_is_refused) {
  const Ask large = probe(Method::post, std::string(road_body_bytes_max + 1, 'x'));
  EXPECT_TRUE(is_problem(refused(large), 413, "body-too-large", {"body"}));
  EXPECT_TRUE(
      is_problem(router().answer({head_of(large), large.body}), 413, "body-too-large", {"body"}))
      << "also behind a door that does not ask first";
  EXPECT_EQ(told(probe(Method::post, std::string(road_body_bytes_max, 'x'))).status, 200);
  EXPECT_EQ(refused({Method::get, jada().sites().ops, "/healthz/road/", {}, {}}).status, 404);
}

}  // namespace web::testing
