// ports::Objects in two buckets of Amazon S3: {tenant}/{page} in the bucket of pages, which
// CloudFront reads, and {tenant}/quarantine/… in the one that guests post to. Version n of an
// object stands in its metadata; a put replaces exactly the version it names, by the entity tag
// that was read with it. Always: a form or link never outlives the credentials that signed it; a
// page carries the headers with which CloudFront hands it out as it is. Refuses (invalid): the
// names that adapters/folder_objects.h refuses. limited: an object over 64 MiB. unavailable: try
// again. Source: Amazon S3 API Reference, PutObject (conditional writes), POST Object;
// "Authenticating requests: using query parameters".
#pragma once

#include <memory>
#include <string>

#include "ports/objects.h"

#include "net/aws_client.h"

namespace adapters {

inline constexpr std::size_t s3_object_bytes_max = 64 * 1024 * 1024;

struct S3Buckets {
  std::string pages;
  std::string photos;
  // Whether a bucket is part of the host's name, as on AWS, or of the path, as emulators have it.
  enum class Style { host, path };
  Style style = Style::host;
};

class S3Objects : public ports::Objects {
 public:
  // One client for each bucket's endpoint.
  S3Objects(std::shared_ptr<net::AwsClient> pages, std::shared_ptr<net::AwsClient> photos,
            S3Buckets buckets);

  base::Result<std::optional<ports::Object>> get(const ports::ObjectName& name) override;
  base::Result<std::optional<ports::ObjectFacts>> facts(const ports::ObjectName& name) override;
  base::Result<std::uint64_t> put(const ports::ObjectName& name,
                                  const ports::Object& object) override;
  base::Result<std::unique_ptr<ports::ObjectWriter>> open(const ports::ObjectName& name,
                                                          const std::string& content_type) override;
  base::Result<void> remove(const ports::ObjectName& name) override;
  base::Result<ports::PostForm> presign(const ports::FormRequest& request) override;
  std::string form_origin() const override;
  base::Result<std::optional<std::string>> link(const ports::ObjectName& name,
                                                const ports::LinkTerms& terms) override;

 private:
  struct Place;
  base::Result<Place> place_of(const ports::ObjectName& name) const;

  std::shared_ptr<net::AwsClient> pages_;
  std::shared_ptr<net::AwsClient> photos_;
  S3Buckets buckets_;
};

}  // namespace adapters
