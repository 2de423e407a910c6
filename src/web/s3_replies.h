// What answers of the embedded object store have in common.
#pragma once

#include "base/http.h"

#include "domain/object_store.h"
#include "domain/s3_refusal.h"
#include "domain/tenant.h"

#include "web/calls.h"

namespace web {

// One exchange with the store: whose, from where it was asked, and the id that the answer carries.
class S3Exchange {
 public:
  S3Exchange(const base::RequestHead& head, const PathValues& path, const app::World& world,
             const app::Operations& store);

  base::Response refuse(const domain::S3Refusal& refusal) const;
  // An error of ours in S3's words; what it says goes to the log.
  base::Response refuse(const base::Error& error) const;
  // Any answer, with the ids of S3 and, for the tenant's own sites, the headers of CORS.
  base::Response finished(base::Response response) const;

  // Set when the bucket is none of this host.
  const std::optional<domain::S3Refusal>& wrong_bucket() const { return wrong_bucket_; }
  const std::string& bucket() const { return bucket_; }
  // "https://guest.example/o/jada-photos/{key}"
  std::string address_of(std::string_view key) const;
  bool allows_origin() const { return !allowed_origin_.empty(); }

 private:
  std::string request_id_;
  std::string bucket_;
  std::string bucket_url_;
  std::string allowed_origin_;  // the request's Origin, if it is a site of the tenant
  std::optional<domain::S3Refusal> wrong_bucket_;
};

// What the transport has to say to a caller of the store: a body that breaks off, no room …
base::Response s3_problem(int status, std::string_view detail, const std::string& request_id);

}  // namespace web
