#include "adapters/s3_objects.h"

#include "base/text.h"

#include "domain/edge.h"
#include "domain/post_policy.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;
using ports::Object;
using ports::ObjectFacts;
using ports::ObjectName;

namespace {

constexpr std::chrono::milliseconds call_timeout{20'000};
constexpr int overwrite_tries_max = 50;
constexpr const char* version_header = "x-amz-meta-version";
constexpr std::string_view photos_prefix = "quarantine/";  // domain/photo.h
// Of credentials that a session gave, without saying until when: Lambda's may be hours old.
constexpr std::chrono::minutes unknown_session_left{15};

// Each part of the path by itself, so that slashes stay.
std::string encoded_path(std::string_view path) {
  std::string encoded;
  for (const std::string_view part : base::split(path, '/'))
    encoded += "/" + base::percent_encoded(part);
  return encoded;
}

Error refusal_of(const net::ClientResponse& response, const ObjectName& name) {
  const std::string code = net::xml_text(response.body, "Code");
  const std::string what = "S3, " + name.path + ": " + std::to_string(response.status) + " " + code;
  return base::unavailable(what);
}

Error moved(const ObjectName& name) {
  return base::conflict("the object " + name.path + " was changed in the meantime");
}

std::uint64_t version_in(const net::ClientResponse& response) {
  const auto written = base::parse_unsigned(response.header(version_header).value_or(""));
  return written ? static_cast<std::uint64_t>(*written) : 1;  // what a guest posted is the first
}

std::string text_of(std::optional<std::string_view> header) {
  return std::string(header.value_or(""));
}

// Until when the identity can be counted on; nullopt: no end is in sight.
std::optional<base::Instant> end_of(const net::AwsIdentity& identity, base::Instant now) {
  auto end = identity.expires_at;
  if (!end && !identity.credentials.session_token.empty()) end = now + unknown_session_left;
  if (!end) return std::nullopt;
  return base::Instant(std::chrono::floor<std::chrono::seconds>(*end));
}

// What CloudFront is to say along with a page: the same that web/guest_pages.cpp says.
void add_page_headers(net::AwsCall& call, const ObjectName& name, std::string_view content_type) {
  call.headers.push_back({"Cache-Control", std::string(domain::page_caching)});
  if (!content_type.starts_with("text/calendar")) return;
  const std::string file = name.path.substr(name.path.rfind('/') + 1);
  call.headers.push_back(
      {"Content-Disposition", "attachment; filename=\"" + base::percent_encoded(file) + "\""});
}

}  // namespace

struct S3Objects::Place {
  net::AwsClient* client;
  std::string path;  // encoded, with the bucket where that is the style
};

namespace {

bool is_photo(const ObjectName& name) {
  return name.path.starts_with(photos_prefix);
}

// What stands there now; version 0: nothing.
struct Standing {
  std::uint64_t version = 0;
  std::string etag;
};

net::AwsCall call_of(std::string method, const std::string& path) {
  net::AwsCall call;
  call.method = std::move(method);
  call.path = path;
  return call;
}

Result<std::optional<net::ClientResponse>> read(net::AwsClient& client, const char* method,
                                                const std::string& path, const ObjectName& name) {
  net::ClientResponse response = TRY(client.send(call_of(method, path), call_timeout));
  if (response.status == 200) return std::optional(std::move(response));
  if (response.status == 404) return std::optional<net::ClientResponse>{};
  return refusal_of(response, name);
}

Result<Standing> standing(net::AwsClient& client, const std::string& path, const ObjectName& name) {
  const auto response = TRY(read(client, "HEAD", path, name));
  if (!response) return Standing{};
  return Standing{version_in(*response), text_of(response->header("ETag"))};
}

// conflict: something else stands there than was said.
Result<std::uint64_t> write_over(net::AwsClient& client, const std::string& path,
                                 const ObjectName& name, const Standing& before,
                                 const Object& object) {
  net::AwsCall call = call_of("PUT", path);
  const std::uint64_t version = before.version + 1;
  call.headers = {{"Content-Type", object.content_type}, {version_header, std::to_string(version)}};
  if (!is_photo(name)) add_page_headers(call, name, object.content_type);
  if (before.version == 0)
    call.headers.push_back({"If-None-Match", "*"});
  else
    call.headers.push_back({"If-Match", before.etag});
  call.body = object.bytes;
  const net::ClientResponse response = TRY(client.send(call, call_timeout));
  if (response.status == 200) return version;
  if (response.status == 412 || response.status == 409 || response.status == 404)
    return moved(name);
  return refusal_of(response, name);
}

// "https://my-photos.s3.eu-west-1.amazonaws.com"
std::string origin_of(const net::AwsClient& client) {
  const net::Endpoint& endpoint = client.service().endpoint;
  return (endpoint.scheme == net::Endpoint::Scheme::https ? "https://" : "http://") +
         endpoint.authority();
}

// Collects what arrives; photos go to S3 straight from the guest, so this is for small things.
class S3Writer final : public ports::ObjectWriter {
 public:
  S3Writer(net::AwsClient& client, std::string path, ObjectName name, std::string content_type)
      : client_(client), path_(std::move(path)), name_(std::move(name)) {
    object_.content_type = std::move(content_type);
  }

  Result<void> append(std::string_view bytes) override {
    if (object_.bytes.size() + bytes.size() > s3_object_bytes_max)
      return Error{Kind::limited, "an object over 64 MiB"};
    object_.bytes.append(bytes);
    return {};
  }

  Result<ObjectFacts> finish() override {
    for (int tries = 0; tries < overwrite_tries_max; ++tries) {
      const Standing before = TRY(standing(client_, path_, name_));
      auto written = write_over(client_, path_, name_, before, object_);
      if (!written && written.error().kind == Kind::conflict) continue;
      const std::uint64_t version = TRY(std::move(written));
      return ObjectFacts{object_.content_type, object_.bytes.size(), version, client_.now()};
    }
    return base::unavailable("the object " + name_.path + " changes too often to be replaced");
  }

 private:
  net::AwsClient& client_;
  std::string path_;
  ObjectName name_;
  Object object_;
};

}  // namespace

S3Objects::S3Objects(std::shared_ptr<net::AwsClient> pages, std::shared_ptr<net::AwsClient> photos,
                     S3Buckets buckets)
    : pages_(std::move(pages)), photos_(std::move(photos)), buckets_(std::move(buckets)) {}

Result<S3Objects::Place> S3Objects::place_of(const ObjectName& name) const {
  TRY(ports::check_name(name));
  const std::string& bucket = is_photo(name) ? buckets_.photos : buckets_.pages;
  std::string path = buckets_.style == S3Buckets::Style::path ? "/" + bucket : "";
  path += encoded_path(name.tenant.text()) + encoded_path(name.path);
  return Place{is_photo(name) ? photos_.get() : pages_.get(), std::move(path)};
}

Result<std::optional<Object>> S3Objects::get(const ObjectName& name) {
  const Place place = TRY(place_of(name));
  auto response = TRY(read(*place.client, "GET", place.path, name));
  if (!response) return std::optional<Object>{};
  return std::optional(Object{std::move(response->body), text_of(response->header("Content-Type")),
                              version_in(*response)});
}

Result<std::optional<ObjectFacts>> S3Objects::facts(const ObjectName& name) {
  const Place place = TRY(place_of(name));
  const auto response = TRY(read(*place.client, "HEAD", place.path, name));
  if (!response) return std::optional<ObjectFacts>{};
  ObjectFacts facts{text_of(response->header("Content-Type")), 0, version_in(*response), {}};
  if (const auto length = base::parse_unsigned(response->header("Content-Length").value_or("")))
    facts.bytes = static_cast<std::uint64_t>(*length);
  if (auto changed = base::parse_http_date(response->header("Last-Modified").value_or("")))
    facts.changed_at = *changed;
  return std::optional(std::move(facts));
}

Result<std::uint64_t> S3Objects::put(const ObjectName& name, const Object& object) {
  const Place place = TRY(place_of(name));
  if (object.bytes.size() > s3_object_bytes_max)
    return Error{Kind::limited, "an object over 64 MiB"};
  TRY(ports::check_content_type(object.content_type));
  const Standing before = TRY(standing(*place.client, place.path, name));
  if (before.version != object.version) return moved(name);
  return write_over(*place.client, place.path, name, before, object);
}

Result<std::unique_ptr<ports::ObjectWriter>> S3Objects::open(const ObjectName& name,
                                                             const std::string& content_type) {
  Place place = TRY(place_of(name));
  TRY(ports::check_content_type(content_type));
  return std::unique_ptr<ports::ObjectWriter>(
      std::make_unique<S3Writer>(*place.client, std::move(place.path), name, content_type));
}

Result<void> S3Objects::remove(const ObjectName& name) {
  const Place place = TRY(place_of(name));
  const net::ClientResponse response =
      TRY(place.client->send(call_of("DELETE", place.path), call_timeout));
  if (response.status == 204 || response.status == 200 || response.status == 404) return {};
  return refusal_of(response, name);
}

std::string S3Objects::form_origin() const {
  return origin_of(*photos_);
}

Result<std::optional<std::string>> S3Objects::link(const ObjectName& name,
                                                   const ports::LinkTerms& terms) {
  const Place place = TRY(place_of(name));
  const net::AwsIdentity identity = TRY(place.client->credentials().current(terms.now));
  std::chrono::seconds lifetime = terms.lifetime;
  if (const auto end = end_of(identity, terms.now))
    lifetime = std::min(lifetime, std::chrono::floor<std::chrono::seconds>(*end - terms.now));
  if (lifetime < std::chrono::seconds(1))
    return base::unavailable("the credentials for S3 end this moment");
  const net::AwsService& service = place.client->service();
  const std::vector<base::Header> headers = {{"Host", service.endpoint.authority()}};
  const std::string query =
      "response-content-disposition=" + base::percent_encoded(terms.content_disposition) +
      "&response-content-type=" + base::percent_encoded(terms.content_type);
  const base::AwsSigner signer(identity.credentials, service.region, "s3");
  const std::string presigned = TRY(signer.presigned_query(
      {"GET", place.path, query, &headers, base::unsigned_payload}, terms.now, lifetime));
  return std::optional(origin_of(*place.client) + place.path + "?" + presigned);
}

Result<ports::PostForm> S3Objects::presign(const ports::FormRequest& request) {
  TRY(ports::check_name(request.name));
  const net::AwsIdentity identity = TRY(photos_->credentials().current(request.now));
  domain::FormTerms terms;
  terms.bucket = buckets_.photos;
  terms.key = request.name.tenant.text() + "/" + request.name.path;
  terms.content_type = request.content_type;
  terms.bytes_max = request.bytes_max;
  terms.expires_at = request.expires_at;
  if (const auto end = end_of(identity, request.now))
    terms.expires_at = std::min(terms.expires_at, *end);
  const net::AwsService& service = photos_->service();
  const base::AwsSigner signer(identity.credentials, service.region, "s3");
  ports::PostForm form;
  form.url =
      form_origin() + "/" + (buckets_.style == S3Buckets::Style::path ? buckets_.photos : "");
  form.expires_at = terms.expires_at;
  for (domain::FormField& field : domain::presigned_fields(terms, signer, request.now))
    form.fields.emplace_back(std::move(field.name), std::move(field.value));
  return form;
}

}  // namespace adapters
