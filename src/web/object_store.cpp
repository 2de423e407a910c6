#include "web/object_store.h"

#include "base/multipart.h"
#include "base/sigv4_claim.h"

#include "domain/photo.h"
#include "domain/post_policy.h"

#include "app/object_key.h"
#include "app/store_object.h"

#include "web/byte_range.h"
#include "web/page_cache.h"
#include "web/s3_body.h"
#include "web/s3_conditions.h"
#include "web/s3_replies.h"

namespace web {

using base::FormEvent;
using base::Response;
using domain::S3Refusal;

namespace {

base::SignableRequest signable(const base::RequestHead& head) {
  return {base::name_of(head.method), head.path, head.query, &head.headers, {}};
}

// A browser's form, judged before its file is kept, and kept as it arrives.
class FormSink final : public BodySink {
 public:
  FormSink(S3Exchange exchange, const StreamCall& call, std::string_view boundary)
      : exchange_(std::move(exchange)), store_(call.store), world_(call.world), reader_(boundary) {}

  std::optional<Response> take(std::string_view bytes) override {
    while (true) {
      const auto event = reader_.next(bytes);
      if (!event) return exchange_.refuse(domain::s3_refusal_of(event.error()));
      if (event->kind == FormEvent::Kind::more) return std::nullopt;
      if (auto refusal = heed(*event)) return refusal;
    }
  }

  Response finish() override {
    if (auto whole = reader_.finish(); !whole)
      return exchange_.refuse(domain::s3_refusal_of(whole.error()));
    if (auto wrong = domain::size_refusal(form_, bytes_)) return exchange_.refuse(*wrong);
    const auto stored = object_->finish();
    if (!stored) return exchange_.refuse(stored.error());
    return exchange_.finished(domain::success_of(form_, exchange_.address_of(form_.key),
                                                 exchange_.bucket(), stored->etag));
  }

 private:
  std::optional<Response> heed(const FormEvent& event) {
    switch (event.kind) {
      case FormEvent::Kind::field:
        fields_.push_back({std::string(event.name), std::string(event.value)});
        return std::nullopt;
      case FormEvent::Kind::file:
        return judge(event);
      case FormEvent::Kind::data:
        return keep(event.value);
      default:
        return std::nullopt;
    }
  }

  std::optional<Response> judge(const FormEvent& file) {
    domain::PostedForm posted{exchange_.bucket(), std::move(fields_), std::nullopt};
    if (file.filename) posted.filename = std::string(*file.filename);
    auto judged = domain::judge_form(
        posted, domain::form_signer(world_.server_key, store_.tenant()), world_.now());
    if (const auto* refusal = std::get_if<S3Refusal>(&judged)) return exchange_.refuse(*refusal);
    form_ = std::get<domain::AcceptedForm>(std::move(judged));
    auto object = app::StoreObject::begin(store_, world_, form_.key, form_.content_type);
    if (!object) return exchange_.refuse(object.error());
    object_.emplace(std::move(object).value());
    return std::nullopt;
  }

  std::optional<Response> keep(std::string_view bytes) {
    bytes_ += static_cast<std::int64_t>(bytes.size());
    if (bytes_ > form_.bytes_max) return exchange_.refuse(*domain::size_refusal(form_, bytes_));
    if (auto kept = object_->append(bytes); !kept) return exchange_.refuse(kept.error());
    return std::nullopt;
  }

  S3Exchange exchange_;
  app::Operations store_;
  const app::World& world_;
  base::FormReader reader_;
  std::vector<domain::FormField> fields_;
  domain::AcceptedForm form_;
  std::optional<app::StoreObject> object_;
  std::int64_t bytes_ = 0;
};

// A signed PUT. Its head was proved before the first byte; the body must be what was announced.
class PutSink final : public BodySink {
 public:
  PutSink(S3Exchange exchange, app::StoreObject object, S3Body body)
      : exchange_(std::move(exchange)), object_(std::move(object)), body_(std::move(body)) {}

  std::optional<Response> take(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto stretch = body_.next(bytes);
      if (!stretch) return exchange_.refuse(stretch.error());
      if (body_.bytes() > domain::photo_bytes_max)
        return exchange_.refuse(domain::s3_too_large(body_.bytes(), domain::photo_bytes_max));
      if (auto kept = object_.append(*stretch); !kept) return exchange_.refuse(kept.error());
    }
    return std::nullopt;
  }

  Response finish() override {
    if (const auto refusal = body_.finish()) return exchange_.refuse(*refusal);
    const auto stored = object_.finish();
    if (!stored) return exchange_.refuse(stored.error());
    Response response;
    response.set("ETag", "\"" + stored->etag + "\"");
    return exchange_.finished(std::move(response));
  }

 private:
  S3Exchange exchange_;
  app::StoreObject object_;
  S3Body body_;
};

// Who asks, by the access key that the request claims.
std::string claimed_key(const base::RequestHead& head) {
  const auto claim = base::signature_claim(signable(head), domain::object_store_service);
  const auto* read = std::get_if<base::SignatureClaim>(&claim);
  return read ? read->credential.access_key_id : "";
}

// nullopt: an owner's program may go on, and its body must hash to payload_hash.
base::Result<std::optional<S3Refusal>> refusal_of_call(const S3Exchange& exchange,
                                                       const base::RequestHead& head,
                                                       const app::Operations& store,
                                                       const app::World& world,
                                                       std::string& payload_hash) {
  if (exchange.wrong_bucket()) return exchange.wrong_bucket();
  if (!domain::is_in_bucket(
          head.path.substr(domain::object_store_path.size() + exchange.bucket().size() + 1)))
    return std::optional(domain::s3_access_denied());
  auto found = TRY(app::find_object_key(store, world, claimed_key(head)));
  // A key that nobody has: the forms' own, which signs no request, says what is wrong.
  const base::AwsSigner signer =
      found ? std::move(*found) : domain::form_signer(world.server_key, store.tenant());
  base::SignatureCheck check = signer.verify(signable(head), world.now());
  if (check.fault == base::SignatureFault::none && !found)
    check.fault = base::SignatureFault::unknown_key;
  if (check.fault != base::SignatureFault::none)
    return std::optional(domain::s3_refusal_of(check.fault, signer));
  if (auto unknown = unknown_to_the_store(head)) return unknown;
  payload_hash = std::move(check.payload_hash);
  return std::optional<S3Refusal>{};
}

// The answer to whoever may not; nullopt: as refusal_of_call.
std::optional<Response> turned_away(const S3Exchange& exchange, const base::RequestHead& head,
                                    const app::Operations& store, const app::World& world,
                                    std::string& payload_hash) {
  const auto refusal = refusal_of_call(exchange, head, store, world, payload_hash);
  if (!refusal) return exchange.refuse(refusal.error());
  if (*refusal) return exchange.refuse(**refusal);
  return std::nullopt;
}

std::string key_in(const PathValues& path) {
  return path.find("key")->second;
}

void add_facts(Response& response, const app::StoredObject& object) {
  response.set("ETag", "\"" + object.etag + "\"");
  response.set("Content-Type", object.content_type);
  response.set("Last-Modified", http_date(object.changed_at));
  response.set("Content-Disposition", "attachment");
  response.set("Accept-Ranges", "bytes");
}

// Leaves of the whole object what was asked for.
std::optional<S3Refusal> pick_part(const base::RequestHead& head, Response& response) {
  const std::string_view asked = head.header("Range").value_or("");
  const std::size_t size = response.body.size();
  const auto range = asked_range(asked, size);
  if (!range) return std::nullopt;
  if (range->length == 0) return domain::s3_invalid_range(asked, size);
  response.status = 206;
  response.set("Content-Range", content_range(*range, size));
  response.body = response.body.substr(range->first, range->length);
  return std::nullopt;
}

struct WholeObject {
  app::StoredObject facts;
  std::string bytes;
};

// Facts and bytes of one version, however often it is replaced meanwhile.
base::Result<std::optional<WholeObject>> whole_object(const PublicCall& call,
                                                      const std::string& key) {
  constexpr int tries_max = 10;
  for (int tries = 0; tries < tries_max; ++tries) {
    auto facts = TRY(app::stored_object(call.store, call.world, key));
    if (!facts) return std::optional<WholeObject>{};
    auto object = TRY(call.world.objects->get({call.store.tenant(), key}));
    if (!object) return std::optional<WholeObject>{};
    if (object->version == facts->version)
      return std::optional(WholeObject{*std::move(facts), std::move(object->bytes)});
  }
  return base::unavailable("The object changes too often to be read");
}

}  // namespace

StreamStart post_object(const StreamCall& call) {
  S3Exchange exchange(call.head, call.path, call.world, call.store);
  if (exchange.wrong_bucket()) return exchange.refuse(*exchange.wrong_bucket());
  const std::string_view type = call.head.header("Content-Type").value_or("");
  if (!base::is_form_data(type)) return exchange.refuse(domain::s3_not_a_form());
  if (!call.head.header("Content-Length")) return exchange.refuse(domain::s3_length_required());
  const auto boundary = base::form_boundary(type);
  if (!boundary) return exchange.refuse(domain::s3_refusal_of(boundary.error()));
  return std::make_unique<FormSink>(std::move(exchange), call, *boundary);
}

StreamStart put_object(const StreamCall& call) {
  S3Exchange exchange(call.head, call.path, call.world, call.store);
  std::string payload_hash;
  if (auto no = turned_away(exchange, call.head, call.store, call.world, payload_hash))
    return *std::move(no);
  auto body = S3Body::announced(call.head, std::move(payload_hash));
  if (const auto* unread = std::get_if<S3Refusal>(&body)) return exchange.refuse(*unread);
  const std::string key = key_in(call.path);
  const auto standing = app::stored_object(call.store, call.world, key);
  if (!standing) return exchange.refuse(standing.error());
  if (const auto no = write_refusal(call.head, *standing ? &**standing : nullptr))
    return exchange.refuse(*no);
  const std::string type(call.head.header("Content-Type").value_or("binary/octet-stream"));
  auto object = app::StoreObject::begin(call.store, call.world, key, type);
  if (!object) return exchange.refuse(object.error());
  return std::make_unique<PutSink>(std::move(exchange), std::move(object).value(),
                                   std::get<S3Body>(std::move(body)));
}

Response get_object(const PublicCall& call) {
  const base::RequestHead& head = call.request.head;
  const S3Exchange exchange(head, call.path, call.world, call.store);
  std::string payload_hash;
  if (auto no = turned_away(exchange, head, call.store, call.world, payload_hash))
    return *std::move(no);
  const std::string key = key_in(call.path);
  const auto read = whole_object(call, key);
  if (!read) return exchange.refuse(read.error());
  if (!*read) return exchange.refuse(domain::s3_no_such_key(key));
  const WholeObject& object = **read;
  if (const auto no = read_refusal(head, object.facts)) return exchange.refuse(*no);
  Response response;
  add_facts(response, object.facts);
  if (freshness(head, object.facts) == Fresh::unchanged) {
    response.status = 304;
    return exchange.finished(std::move(response));
  }
  response.body = object.bytes;
  if (const auto refused = pick_part(head, response)) return exchange.refuse(*refused);
  return exchange.finished(std::move(response));
}

Response delete_object(const PublicCall& call) {
  const base::RequestHead& head = call.request.head;
  const S3Exchange exchange(head, call.path, call.world, call.store);
  std::string payload_hash;
  if (auto no = turned_away(exchange, head, call.store, call.world, payload_hash))
    return *std::move(no);
  const auto removed = call.world.objects->remove({call.store.tenant(), key_in(call.path)});
  if (!removed) return exchange.refuse(removed.error());
  Response response;
  response.status = 204;
  return exchange.finished(std::move(response));
}

Response preflight_object(const PublicCall& call) {
  const base::RequestHead& head = call.request.head;
  const S3Exchange exchange(head, call.path, call.world, call.store);
  if (!head.header("Origin"))
    return exchange.refuse(S3Refusal{
        400, "BadRequest", "Insufficient information. Origin request header needed.", {}});
  if (exchange.wrong_bucket() || !exchange.allows_origin() ||
      head.header("Access-Control-Request-Method") != "POST")
    return exchange.refuse(
        S3Refusal{403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.", {}});
  Response response;
  response.set("Access-Control-Allow-Methods", "POST");
  response.set("Access-Control-Allow-Headers",
               head.header("Access-Control-Request-Headers").value_or("*"));
  response.set("Access-Control-Max-Age", "3600");
  return exchange.finished(std::move(response));
}

}  // namespace web
