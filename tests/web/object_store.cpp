// The object store as the owner's programs use it: with keys of their own, as S3's clients sign.
#include "domain/object_store.h"

#include "tests/web/web_fixture.h"

namespace web::testing {
namespace {

class ObjectStore : public WebTest {
 protected:
  // As an S3 client signs it.
  Ask signed_by(const base::AwsSigner& signer, Method method, const std::string& path,
                std::string body = {}) {
    Ask question = jada().guest(path);
    question.method = method;
    question.headers.push_back({"Host", question.host});
    if (!body.empty()) question.headers.push_back({"Content-Type", "image/png"});
    const std::string hash = base::hex(base::bytes_of(base::sha256(body)));
    const base::SignableRequest request{base::name_of(method), path, {}, &question.headers, hash};
    auto headers = signer.signature_headers(request, clock().now());
    question.headers.insert(question.headers.end(), headers.value().begin(), headers.value().end());
    question.headers.push_back({"Content-Length", std::to_string(body.size())});
    question.body = std::move(body);
    return question;
  }
  base::AwsSigner owners() {
    const json::object key = object_of(ask(jada().owner(Method::get, "/photos/key")));
    return {{std::string(key.at("access_key_id").as_string()),
             std::string(key.at("secret_access_key").as_string()),
             {}},
            std::string(key.at("region").as_string()),
            "s3"};
  }
  static constexpr const char* album = "/o/jada-photos/album/a%20b.png";
};

// covers: GET /photos/key works
// covers: PUT /o/{bucket}/{key+} works
// covers: GET /o/{bucket}/{key+} works
// covers: DELETE /o/{bucket}/{key+} works
TEST_F(ObjectStore, put_get_and_delete_with_the_owners_key) {
  const base::AwsSigner key = owners();
  const Response put = stream(signed_by(key, Method::put, album, "pixels"));
  ASSERT_EQ(put.status, 200) << put.body;
  const Response got = ask(signed_by(key, Method::get, album));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "pixels");
  EXPECT_EQ(header_of(got, "Content-Type"), "image/png");
  EXPECT_EQ(header_of(got, "ETag"), header_of(put, "ETag"));
  EXPECT_EQ(ask(signed_by(key, Method::del, album)).status, 204);
  EXPECT_EQ(ask(signed_by(key, Method::get, album)).status, 404);
}

// covers: PUT /o/{bucket}/{key+} refused bad_input stranger
// covers: GET /o/{bucket}/{key+} refused bad_input stranger
// covers: DELETE /o/{bucket}/{key+} refused bad_input stranger
TEST_F(ObjectStore, nobody_else_reads_writes_or_removes) {
  const auto code_of = [](const Response& response) {
    const auto begin = response.body.find("<Code>") + 6;
    return response.body.substr(begin, response.body.find("</Code>") - begin);
  };
  const base::AwsSigner forms = domain::form_signer(world().server_key, jada().file.tenant.id);
  const base::AwsSigner strangers =
      domain::owner_signer(world().server_key, tern().file.tenant.id, "aaaaaaaa");
  for (const Method method : {Method::put, Method::get, Method::del}) {
    const std::string body = method == Method::put ? "x" : "";
    const auto call = [&](const Ask& question) {
      return method == Method::put ? stream(question) : ask(question);
    };
    Ask bare = jada().guest(album);
    bare.method = method;
    EXPECT_EQ(code_of(call(bare)), "AccessDenied");
    EXPECT_EQ(code_of(call(signed_by(forms, method, album, body))), "InvalidAccessKeyId");
    EXPECT_EQ(code_of(call(signed_by(strangers, method, album, body))), "InvalidAccessKeyId");
    EXPECT_EQ(code_of(call(signed_by(owners(), method, "/o/jada-photos/page.html", body))),
              "AccessDenied");
    Ask other_path = signed_by(owners(), method, album, body);
    other_path.target = "/o/jada-photos/album/other.png";
    EXPECT_EQ(code_of(call(other_path)), "SignatureDoesNotMatch");
  }
  Ask changed = signed_by(owners(), Method::put, album, "pixels");
  changed.body = "Pixels";
  EXPECT_EQ(stream(changed).status, 400);
  EXPECT_EQ(ask(signed_by(owners(), Method::get, album)).status, 404);
}

}  // namespace
}  // namespace web::testing
