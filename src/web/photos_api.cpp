#include "web/photos_api.h"

#include <limits>

#include "base/text.h"

#include "domain/object_store.h"

#include "app/charter_record.h"
#include "app/links.h"
#include "app/photo_record.h"
#include "app/presign_photo.h"
#include "app/remove_photo.h"
#include "app/tenant_record.h"

#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using base::Result;

namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t key_length_max = 100;
// As sent; some browsers send folders with it.
constexpr std::size_t filename_length_max = 1000;

// The guest key: in the body, or where programs put it.
std::string guest_key(const PublicCall& call, base::Fields& fields) {
  std::string in_body = fields.text("key", {key_length_max, false, true}).value_or("");
  const auto header = call.request.head.header("Authorization");
  if (!in_body.empty() || !header || !header->starts_with(bearer)) return in_body;
  return std::string(base::trimmed(header->substr(bearer.size())));
}

Result<app::PhotoRequest> read_request(const PublicCall& call) {
  const json::object object = TRY(base::parse_json_object(call.request.body));
  std::vector<base::Fault> faults;
  base::Fields fields(object, faults);
  app::PhotoRequest request;
  request.page_name = call.path.find("name")->second;
  request.guest_key = guest_key(call, fields);
  request.filename = fields.required_text("filename", {filename_length_max, false, false});
  request.content_type = fields.required_text("content_type");
  request.bytes = fields.integer("bytes", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  request.call = TRY(call_key(call, "guest " + request.page_name));
  return request;
}

json::object photo_json(const domain::Photo& photo) {
  json::object body{{"id", photo.id.text()},
                    {"filename", photo.filename},
                    {"content_type", domain::content_type_of(photo.type)},
                    {"bytes", photo.bytes},
                    {"state", domain::name_of(photo.state)}};
  if (photo.received_at)
    body["received_at"] = base::format_utc(*photo.received_at);
  else
    body["received_at"] = nullptr;
  return body;
}

// RFC 6266 with RFC 8187: the name as it is, for programs that read it, and nothing else.
std::string as_download(const std::string& filename) {
  return "attachment; filename*=UTF-8''" + base::percent_encoded(filename);
}

Result<app::Loaded<domain::Charter>> known_charter(const OwnerCall& call) {
  auto charter = TRY(
      app::load_charter(call.store, domain::CharterId(std::string(call.path.find("id")->second))));
  if (!charter) return base::not_found("There is no such charter");
  return *std::move(charter);
}

// Written by hand: it is asked for once for each photo.
std::string form_json(const app::PresignedPhoto& answer) {
  std::string text;
  text.reserve(2048);
  base::append_json_text(text += "{\"url\":", answer.form.url);
  text += ",\"fields\":{";
  for (const auto& [name, value] : answer.form.fields) {
    base::append_json_text(text, name);
    base::append_json_text(text += ':', value);
    text += ',';
  }
  text.back() = '}';
  base::append_json_text(text += ",\"key\":", domain::photo_key(answer.photo));
  base::append_json_text(text += ",\"expires_at\":", base::format_utc(answer.form.expires_at));
  return text += '}';
}

Response too_many_forms(std::chrono::seconds wait) {
  Response response = problem(base::Error{
      base::Kind::limited, "Too many photos at once from this address; wait", "too-many-forms"});
  response.set("Retry-After", std::to_string(wait.count()));
  return response;
}

}  // namespace

Response post_presign(const PublicCall& call) {
  const auto wait = call.forms.wait(call.client, call.world.now());
  if (wait > std::chrono::seconds(0)) return too_many_forms(wait);
  const auto presigned = app::presign_photo(call.store, call.world, WEB_TRY(read_request(call)));
  // A wrong key and an unknown page look alike, so both count.
  if (!presigned && presigned.error().kind == base::Kind::not_found)
    return refusal(call, call.tries.counted(call.client, presigned.error(), call.world.now()));
  const auto answer = WEB_TRY(presigned);
  static_cast<void>(call.forms.counted(call.client, {}, call.world.now()));
  Response response = json_text_reply(200, form_json(answer));
  if (answer.source == app::PresignedPhoto::Source::repeated)
    response.set("Idempotency-Replayed", "true");
  return response;
}

Response get_photos_key(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto signer = domain::owner_signer(call.world.server_key, call.store.tenant(), call.key_id);
  const std::string guest_site = app::site_url(call.world, tenant.value.sites.guest);
  return json_reply(200, json::object{{"endpoint", guest_site + "/o"},
                                      {"region", signer.region()},
                                      {"bucket", domain::bucket_of(call.store.tenant())},
                                      {"access_key_id", signer.credentials().access_key_id},
                                      {"secret_access_key", signer.credentials().secret}});
}

Response get_photos(const OwnerCall& call) {
  const auto charter = WEB_TRY(known_charter(call));
  json::array photos;
  for (const domain::Photo& photo : WEB_TRY(app::photos_of(call.store, charter.value.id)))
    photos.push_back(photo_json(photo));
  return json_reply(200, json::object{{"photos", std::move(photos)}});
}

Response delete_photo(const OwnerCall& call) {
  const auto charter = WEB_TRY(known_charter(call));
  const domain::PhotoId id(call.path.find("photo")->second);
  WEB_TRY(app::remove_photo(call.store, call.world, charter.value.id, id, call.actor()));
  Response response;
  response.status = 204;
  return response;
}

Response get_photo(const OwnerCall& call) {
  const auto charter = WEB_TRY(known_charter(call));
  const domain::PhotoId id(call.path.find("photo")->second);
  const auto photo = WEB_TRY(app::load_photo(call.store, charter.value.id, id));
  if (!photo || photo->value.state != domain::PhotoState::received)
    return problem(base::not_found("There is no such photo"));
  const ports::ObjectName name{call.store.tenant(), domain::photo_key(photo->value)};
  ports::LinkTerms terms;
  terms.content_type = domain::content_type_of(photo->value.type);
  terms.content_disposition = as_download(photo->value.filename);
  terms.now = call.world.now();
  // Straight from where it is, if that has an address: 25 MB need not pass through here.
  if (const auto link = WEB_TRY(call.world.objects->link(name, terms))) return redirect(303, *link);
  auto object = WEB_TRY(call.world.objects->get(name));
  if (!object) return problem(base::not_found("The photo is no longer there"));
  Response response;
  response.body = std::move(object->bytes);
  response.set("Content-Type", terms.content_type);
  response.set("Content-Disposition", terms.content_disposition);
  return response;
}

}  // namespace web
