// What the tests of changes share: calls with the revision that they mean.
#pragma once

#include "tests/web/web_fixture.h"

namespace web::testing {
inline constexpr auto get = Method::get;
inline constexpr auto post = Method::post;
inline constexpr auto patch = Method::patch;
inline constexpr auto del = Method::del;

class Changes : public WebTest {
 protected:
  static Ask meaning(const Ask& call, const std::string& revision) {
    return call.with("If-Match", '"' + revision + '"');
  }
  Ask charter_patch(const std::string& id, const std::string& body,
                    const std::string& revision = "1") const {
    return meaning(jada().owner(patch, "/charters/" + id, body), revision);
  }
  Ask event_patch(const std::string& id, const std::string& body,
                  const std::string& revision = "1") const {
    return meaning(jada().service(patch, "/events/" + id, body), revision);
  }
  Ask event_delete(const std::string& id, const std::string& revision = "1") const {
    return meaning(jada().service(del, "/events/" + id), revision);
  }
  Ask cancel(const std::string& id, const std::string& body = R"({"cause":"weather"})") const {
    return jada().owner(post, "/charters/" + id + "/cancel", body);
  }
  std::string feed() {
    const std::string address = text_at(ask(jada().owner(get, "/calendar/key")), "url");
    return ask(jada().owner(get, address.substr(address.find("/calendar.ics")))).body;
  }
};

inline const std::string an_hour_earlier = R"({"starts_at":"2027-05-30T15:30"})";

}  // namespace web::testing
