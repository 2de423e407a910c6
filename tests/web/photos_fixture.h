// A booked trip whose guest has the key to send photos, and the forms that a browser would post.
#pragma once

#include "domain/photo.h"

#include "tests/web/web_fixture.h"

namespace web::testing {

inline constexpr std::string_view boundary = "b1";
inline constexpr std::string_view crlf = "\r\n";

class Photos : public WebTest {
 protected:
  Photos() : charter_(book_example()) {
    const std::string link =
        text_at(ask(jada().owner(Method::get, "/charters/" + charter_)), "guest_link");
    key_ = link.substr(link.find("#k=") + 3);
  }

  json::object question() const {
    return {{"key", key_},
            {"filename", "Sunset over Point Loma.jpg"},
            {"content_type", "image/jpeg"},
            {"bytes", 4}};
  }
  Ask presign(const json::value& body, const std::string& page = "boatsetter-may-30") const {
    Ask ask = jada().guest("/g/" + page + "/photos/presign");
    ask.method = Method::post;
    ask.body = base::to_text(body);
    return ask;
  }
  json::object form() { return object_of(ask(presign(question()))); }

  // A browser's form: the fields in their order, the file last.
  static std::string body_of(const json::object& fields, std::string_view file) {
    std::string body;
    for (const auto& [name, value] : fields)
      ((((body += "--b1\r\nContent-Disposition: form-data; name=\"") += name) += "\"\r\n\r\n") +=
       value.as_string()) += crlf;
    body +=
        "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\n";
    return ((body += file) += "\r\n--b1--\r\n");
  }

  Ask upload(std::string body, const std::string& bucket = "jada-photos") const {
    Ask ask = jada().guest("/o/" + bucket);
    ask.method = Method::post;
    ask.headers = {{"Content-Type", "multipart/form-data; boundary=" + std::string(boundary)},
                   {"Content-Length", std::to_string(body.size())}};
    ask.body = std::move(body);
    return ask;
  }

  std::vector<std::string> objects() const {
    std::vector<std::string> found;
    if (!std::filesystem::exists(objects_folder())) return found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(objects_folder()))
      if (entry.is_regular_file() && has(entry.path().string(), "quarantine"))
        found.push_back(entry.path().string());
    return found;
  }
  json::array listed() {
    return object_of(ask(jada().owner(Method::get, "/charters/" + charter_ + "/photos")))
        .at("photos")
        .as_array();
  }
  // That the store refused it in S3's words and kept nothing.
  void expect_refused(const Response& response, int status, std::string_view code) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_TRUE(has(response.body, "<Code>" + std::string(code) + "</Code>")) << response.body;
    EXPECT_EQ(header_of(response, "Content-Type"), "application/xml");
    EXPECT_TRUE(objects().empty());
  }

  std::string charter_;
  std::string key_;
};

}  // namespace web::testing
