#include "web/s3_replies.h"

#include "base/log.h"
#include "base/text.h"

#include "app/links.h"
#include "app/tenant_record.h"

namespace web {

using base::Response;
using domain::S3Refusal;

namespace {

constexpr std::size_t request_id_bytes = 10;

std::string encoded_key(std::string_view key) {
  std::string path;
  for (std::string_view part : base::split(key, '/')) {
    path += '/';
    path += base::percent_encoded(part);
  }
  return path;
}

S3Refusal refusal_for(const base::Error& error) {
  switch (error.kind) {
    case base::Kind::not_found:
      return domain::s3_access_denied();
    case base::Kind::unavailable:
      return domain::s3_slow_down();
    default:
      return domain::s3_refusal_of(error);
  }
}

}  // namespace

S3Exchange::S3Exchange(const base::RequestHead& head, const PathValues& path,
                       const app::World& world, const app::Operations& store)
    : request_id_(world.random_text(request_id_bytes)), bucket_(domain::bucket_of(store.tenant())) {
  if (path.find("bucket")->second != bucket_)
    wrong_bucket_ = domain::s3_no_such_bucket(path.find("bucket")->second);
  const auto tenant = app::load_tenant(store);
  if (!tenant) return;
  const domain::Sites& sites = tenant->value.sites;
  bucket_url_ =
      app::site_url(world, sites.guest) + std::string(domain::object_store_path) + bucket_;
  const std::string origin(head.header("Origin").value_or(""));
  for (const std::string& host : {sites.guest, sites.ops, sites.crew})
    if (!origin.empty() && origin == app::site_url(world, host)) allowed_origin_ = origin;
}

std::string S3Exchange::address_of(std::string_view key) const {
  return bucket_url_ + encoded_key(key);
}

Response S3Exchange::finished(Response response) const {
  response.set("x-amz-request-id", request_id_);
  response.set("x-amz-id-2", request_id_);
  response.add("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  if (allowed_origin_.empty()) return response;
  response.set("Access-Control-Allow-Origin", allowed_origin_);
  response.set("Access-Control-Expose-Headers", "ETag, Location, x-amz-request-id, x-amz-id-2");
  return response;
}

Response S3Exchange::refuse(const S3Refusal& refusal) const {
  Response response;
  response.status = refusal.status;
  response.body = domain::xml_of(refusal, request_id_);
  response.set("Content-Type", "application/xml");
  if (refusal.status == 503) response.set("Retry-After", "1");
  return finished(std::move(response));
}

Response s3_problem(int status, std::string_view detail, const std::string& request_id) {
  S3Refusal refusal{status, "InvalidRequest", std::string(detail), {}};
  if (status == 503) refusal = domain::s3_slow_down();
  if (status == 500) refusal = domain::s3_internal();
  if (status == 408) refusal = {400, "RequestTimeout", std::string(detail), {}};
  if (status == 413) refusal.code = "EntityTooLarge";
  Response response;
  response.status = refusal.status;
  response.body = domain::xml_of(refusal, request_id);
  response.set("Content-Type", "application/xml");
  response.set("x-amz-request-id", request_id);
  return response;
}

Response S3Exchange::refuse(const base::Error& error) const {
  const S3Refusal refusal = refusal_for(error);
  if (refusal.status >= 500)
    base::log::error("object store", {{"reason", error.message}, {"request", request_id_}});
  return refuse(refusal);
}

}  // namespace web
