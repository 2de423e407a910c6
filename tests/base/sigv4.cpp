// Signatures as AWS published them and as botocore makes them (sigv4.vectors), and every way in
// which a signed request is not taken.
#include "base/sigv4.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "base/text.h"

namespace base {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Vector {
  std::multimap<std::string, std::string> lines;
  std::vector<Header> headers;

  bool has(const std::string& name) const { return lines.contains(name); }
  std::string at(const std::string& name) const {
    const auto found = lines.find(name);
    return found == lines.end() ? "" : found->second;
  }
  std::vector<std::string> words(const std::string& name) const {
    const std::string text = at(name);
    std::vector<std::string> words;
    for (const std::string_view one : split(text, ' ')) words.emplace_back(one);
    return words;
  }
  AwsSigner signer() const {
    const auto key = words("key");
    const auto scope = words("scope");
    return AwsSigner({key.at(0), key.at(1), at("token")}, scope.at(1), scope.at(2));
  }
  Instant moment() const { return *signing_moment_from(words("scope").at(0)); }
};

std::vector<Vector> vectors() {
  std::ifstream file(FAIRLEAD_ROOT "/tests/base/sigv4.vectors");
  std::vector<Vector> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto blank = line.find(' ');
    const std::string name = line.substr(0, blank);
    const std::string value = line.substr(blank + 1);
    if (name == "case") all.emplace_back();
    all.back().lines.emplace(name, value);
    const auto colon = value.find(':');
    if (name == "header")
      all.back().headers.push_back({value.substr(0, colon), value.substr(colon + 1)});
  }
  return all;
}

// A vector's request; the texts must outlive it.
struct Sent {
  std::string method, path, query, payload_hash;
  std::vector<Header> headers;

  explicit Sent(const Vector& from)
      : method(from.at("method")),
        path(from.at("path")),
        query(from.at("query")),
        payload_hash(from.at("payload")),
        headers(from.headers) {}
  SignableRequest view() const { return {method, path, query, &headers, payload_hash}; }
};

std::string signature_in(const std::string& text) {
  const auto at = text.find("Signature=");
  return at == std::string::npos ? "" : text.substr(at + 10);
}

TEST(SigV4, headers_as_published) {
  int seen = 0;
  for (const Vector& one : vectors()) {
    if (!one.has("in_headers")) continue;
    SCOPED_TRACE(one.at("case"));
    Sent sent(one);
    const AwsSigner signer = one.signer();
    const auto added = signer.signature_headers(sent.view(), one.moment());
    ASSERT_TRUE(added);
    EXPECT_EQ(signature_in(added->back().value), one.at("in_headers"));
    sent.headers.insert(sent.headers.end(), added->begin(), added->end());
    const SignatureCheck check = signer.verify(sent.view(), one.moment());
    EXPECT_EQ(check.fault, SignatureFault::none);
    EXPECT_EQ(check.payload_hash, sent.payload_hash);
    ++seen;
  }
  EXPECT_GE(seen, 39);
}

TEST(SigV4, queries_as_published) {
  int seen = 0;
  for (const Vector& one : vectors()) {
    if (!one.has("in_query")) continue;
    SCOPED_TRACE(one.at("case"));
    Sent sent(one);
    const AwsSigner signer = one.signer();
    const seconds lifetime(*parse_unsigned(one.at("lifetime")));
    const auto query = signer.presigned_query(sent.view(), one.moment(), lifetime);
    ASSERT_TRUE(query);
    EXPECT_EQ(signature_in(*query), one.at("in_query"));
    sent.query = *query;
    const Instant last = one.moment() + lifetime - std::chrono::milliseconds(1);
    EXPECT_EQ(signer.verify(sent.view(), last).fault, SignatureFault::none);
    EXPECT_EQ(signer.verify(sent.view(), one.moment() + lifetime).fault, SignatureFault::expired);
    ++seen;
  }
  EXPECT_GE(seen, 30);
}

TEST(SigV4, canonical_requests_as_published) {
  int seen = 0;
  for (const Vector& one : vectors()) {
    if (!one.has("canonical")) continue;
    Sent sent(one);
    sent.headers.push_back({"X-Amz-Date", one.words("scope").at(0)});
    if (one.has("token")) sent.headers.push_back({"X-Amz-Security-Token", one.at("token")});
    std::vector<std::string> names;
    for (const Header& header : sent.headers) names.push_back(lowered(header.name));
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    const auto canonical = canonical_request(sent.view(), names, one.words("scope").at(2));
    ASSERT_TRUE(canonical);
    EXPECT_EQ(hex(bytes_of(sha256(*canonical))), one.at("canonical")) << *canonical;
    ++seen;
  }
  EXPECT_GE(seen, 30);
}

// AWS General Reference, "Deriving the signing key".
TEST(SigV4, signing_key_as_published) {
  const std::string secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  EXPECT_EQ(hex(bytes_of(signing_key(secret, {"20150830", "us-east-1", "iam"}))),
            "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST(SigV4, one_signer_for_many_threads_and_days) {
  const AwsSigner signer({"AKID", "secret", ""}, "eu-west-1", "s3");
  const auto expected = [](const std::string& day) {
    const Digest key = signing_key("secret", {day, "eu-west-1", "s3"});
    return hex(bytes_of(hmac_sha256(bytes_of(key), "policy")));
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, day = "2026010" + std::to_string(1 + t % 2)] {
      for (int i = 0; i < 300; ++i)
        EXPECT_EQ(signer.policy_signature("policy", day), expected(day));
    });
  for (std::thread& one : threads) one.join();
}

// A signed request to the store, which each case below spoils once.
class SigV4Verify : public ::testing::Test {
 protected:
  SignatureFault verdict(Instant now) const {
    return signer_.verify({method_, path_, query_, &headers_}, now).fault;
  }
  SignatureFault verdict() const { return verdict(now_); }
  void sign() {
    const auto added = signer_.signature_headers({method_, path_, query_, &headers_}, now_);
    headers_.insert(headers_.end(), added->begin(), added->end());
  }
  void presign() {
    query_ = signer_.presigned_query({method_, path_, query_, &headers_}, now_, hours(1)).value();
  }
  std::string& header(std::string_view name) {
    return std::ranges::find(headers_, name, &Header::name)->value;
  }
  static void replace(std::string& text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << text;
    text.replace(at, from.size(), to);
  }

  AwsSigner signer_{{"AKIDEXAMPLE", "secret", ""}, "eu-west-1", "s3"};
  Instant now_ = *parse_utc("2026-01-01T00:00:00Z");
  std::string method_ = "GET";
  std::string path_ = "/photos/a%20b.jpg";
  std::string query_ = "x=1";
  std::vector<Header> headers_{{"Host", "guest.example"}, {"x-amz-meta-a", "1"}};
};

TEST_F(SigV4Verify, takes_what_it_signed_in_any_spelling_of_the_path) {
  sign();
  EXPECT_EQ(verdict(), SignatureFault::none);
  path_ = "/photos/a b.jpg";
  EXPECT_EQ(verdict(), SignatureFault::none);
  path_ = "/photos/%61%20b.jpg";
  EXPECT_EQ(verdict(), SignatureFault::none);
  path_ = "/photos%2Fa%20b.jpg";
  EXPECT_EQ(verdict(), SignatureFault::mismatch);
}

TEST_F(SigV4Verify, a_change_of_any_part_is_a_mismatch) {
  sign();
  const auto spoiled = [&](std::string& part, std::string value) {
    const std::string kept = std::exchange(part, std::move(value));
    EXPECT_EQ(verdict(), SignatureFault::mismatch) << part;
    part = kept;
  };
  spoiled(method_, "PUT");
  spoiled(path_, "/photos/a.jpg");
  spoiled(query_, "x=2");
  spoiled(header("Host"), "other.example");
  spoiled(header("x-amz-meta-a"), "2");
  spoiled(header("X-Amz-Content-Sha256"), std::string(64, 'a'));
  EXPECT_EQ(verdict(), SignatureFault::none);
}

TEST_F(SigV4Verify, each_fault_has_its_name) {
  EXPECT_EQ(verdict(), SignatureFault::missing);
  sign();
  const std::vector<Header> whole = headers_;
  const auto after = [&](const std::function<void()>& spoil) {
    headers_ = whole;
    spoil();
    return verdict();
  };
  auto& own = *this;
  const auto change = [&own](std::string_view from, std::string_view to) {
    return [&own, from, to] { replace(own.header("Authorization"), from, to); };
  };
  EXPECT_EQ(after(change("AKIDEXAMPLE", "AKIDOTHER")), SignatureFault::unknown_key);
  EXPECT_EQ(after(change("eu-west-1", "eu-west-2")), SignatureFault::foreign_scope);
  EXPECT_EQ(after(change("/s3/", "/sns/")), SignatureFault::foreign_scope);
  EXPECT_EQ(after(change("20260101", "20260102")), SignatureFault::foreign_scope);
  EXPECT_EQ(after(change("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")), SignatureFault::malformed);
  EXPECT_EQ(after(change("Credential=", "Credentia=")), SignatureFault::malformed);
  EXPECT_EQ(after(change("aws4_request", "aws4_request/x")), SignatureFault::malformed);
  EXPECT_EQ(after(change("host;", "Host;")), SignatureFault::malformed);
  EXPECT_EQ(after(change("host;x-amz-content-sha256", "x-amz-content-sha256;host")),
            SignatureFault::malformed);
  EXPECT_EQ(after(change("host;", "host;host;")), SignatureFault::malformed);
  EXPECT_EQ(after(change("host;", "")), SignatureFault::headers_not_signed);
  EXPECT_EQ(after(change(";x-amz-meta-a", "")), SignatureFault::headers_not_signed);
  EXPECT_EQ(after(change("x-amz-meta-a", "x-amz-meta-a;x-z")), SignatureFault::headers_not_signed);
  EXPECT_EQ(after([&] { header("Authorization").pop_back(); }), SignatureFault::malformed);
  EXPECT_EQ(after([&] { header("Authorization") = "Basic abc"; }), SignatureFault::malformed);
  EXPECT_EQ(after([&] { header("X-Amz-Date") = "20260101"; }), SignatureFault::malformed);
  EXPECT_EQ(after([&] { header("X-Amz-Date") = "20260101T0000x0Z"; }), SignatureFault::malformed);
  EXPECT_EQ(after([&] { headers_.push_back(headers_.back()); }), SignatureFault::malformed);
  EXPECT_EQ(after([&] { headers_.push_back({"x-amz-date", "20260101T000000Z"}); }),
            SignatureFault::malformed);
  EXPECT_EQ(after([&] { headers_.push_back({"X-Amz-Acl", "private"}); }),
            SignatureFault::headers_not_signed);
  EXPECT_EQ(after([&] { headers_.push_back({"X-Amz-Security-Token", "token"}); }),
            SignatureFault::wrong_token);
  EXPECT_EQ(after([&] { header("X-Amz-Content-Sha256").clear(); }), SignatureFault::mismatch);
  EXPECT_EQ(after([&] {
              std::erase_if(headers_,
                            [](const Header& one) { return one.name == "X-Amz-Content-Sha256"; });
            }),
            SignatureFault::malformed);
}

TEST_F(SigV4Verify, both_places_at_once_are_refused) {
  presign();
  EXPECT_EQ(verdict(), SignatureFault::none);
  const std::string query = query_;
  query_ = "x=1";
  sign();
  query_ = query;
  EXPECT_EQ(verdict(), SignatureFault::malformed);
}

TEST_F(SigV4Verify, presigned_queries_hold_each_parameter_once) {
  presign();
  const std::string whole = query_;
  for (const std::string_view name :
       {"X-Amz-Algorithm=", "X-Amz-Credential=", "X-Amz-Date=", "X-Amz-Expires=",
        "X-Amz-SignedHeaders=", "X-Amz-Signature="}) {
    query_ = whole;
    replace(query_, name, "X-Other=");
    EXPECT_EQ(verdict(), SignatureFault::malformed) << name;
    query_ = whole + "&" + std::string(name) + "1";
    EXPECT_EQ(verdict(), SignatureFault::malformed) << name;
  }
  for (const std::string_view lifetime : {"0", "604801", "-1", "x", ""}) {
    query_ = whole;
    replace(query_, "Expires=3600", "Expires=" + std::string(lifetime));
    EXPECT_EQ(verdict(), SignatureFault::malformed) << lifetime;
  }
  query_ = whole + "&%zz";
  EXPECT_EQ(verdict(), SignatureFault::malformed);
  query_ = whole + "&more=1";
  EXPECT_EQ(verdict(), SignatureFault::mismatch);
}

TEST_F(SigV4Verify, clocks_may_differ_by_a_quarter_of_an_hour) {
  sign();
  for (const int sign : {-1, 1}) {
    EXPECT_EQ(verdict(now_ + sign * minutes(15)), SignatureFault::none);
    EXPECT_EQ(verdict(now_ + sign * (minutes(15) + seconds(1))), SignatureFault::skewed);
  }
}

TEST_F(SigV4Verify, a_presigned_address_of_the_future_is_refused) {
  presign();
  EXPECT_EQ(verdict(now_ - minutes(15)), SignatureFault::none);
  EXPECT_EQ(verdict(now_ - minutes(15) - seconds(1)), SignatureFault::skewed);
}

TEST_F(SigV4Verify, broken_escapes_are_refused_on_both_sides) {
  path_ = "/%zz";
  EXPECT_FALSE(signer_.signature_headers({method_, path_, query_, &headers_}, now_));
  EXPECT_FALSE(signer_.presigned_query({method_, path_, query_, &headers_}, now_, hours(1)));
  path_ = "/a";
  sign();
  path_ = "/%zz";
  EXPECT_EQ(verdict(), SignatureFault::malformed);
  path_ = "/a";
  query_ = "%";
  EXPECT_EQ(verdict(), SignatureFault::malformed);
}

TEST_F(SigV4Verify, lifetimes_are_bounded) {
  for (const seconds lifetime : {seconds(0), seconds(-1), sigv4_lifetime_max + seconds(1)})
    EXPECT_FALSE(signer_.presigned_query({method_, path_, query_, &headers_}, now_, lifetime));
}

TEST(SigV4, credentials_are_read_strictly) {
  const auto claim = credential_claim_from("AKID/20260101/eu-west-1/s3/aws4_request");
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->access_key_id, "AKID");
  EXPECT_EQ(claim->scope, (SigningScope{"20260101", "eu-west-1", "s3"}));
  for (const std::string_view text :
       {"", "AKID", "/20260101/eu-west-1/s3/aws4_request", "AKID/2026010/eu-west-1/s3/aws4_request",
        "AKID/2026010x/eu-west-1/s3/aws4_request", "AKID/20260101//s3/aws4_request",
        "AKID/20260101/eu-west-1/s3/aws5_request", "AKID/20260101/eu-west-1/s3/aws4_request/",
        "AK/ID/20260101/eu-west-1/s3/aws4_request"})
    EXPECT_FALSE(credential_claim_from(text)) << text;
}

}  // namespace
}  // namespace base
