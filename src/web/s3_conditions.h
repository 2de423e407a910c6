// What a call to the object store asks beside its object: conditions on what stands there (RFC 9110
// §13), and all that S3 can do and this store does not. Always: what is not known is refused, never
// passed over: a call for an object's tags must not be taken for one for the object.
#pragma once

#include <optional>
#include <string_view>

#include "base/http.h"

#include "domain/s3_refusal.h"

#include "app/store_object.h"

namespace web {

// Sub-resources (?acl, ?tagging, ?uploadId …), copies, locks and tags. x-id and what a presigned
// address carries are known.
std::optional<domain::S3Refusal> unknown_to_the_store(const base::RequestHead& head);

// For a PUT. standing: what is there; nullptr: nothing.
std::optional<domain::S3Refusal> write_refusal(const base::RequestHead& head,
                                               const app::StoredObject* standing);

// For a GET. 412 as a refusal, or 304.
enum class Fresh { send, unchanged };
std::optional<domain::S3Refusal> read_refusal(const base::RequestHead& head,
                                              const app::StoredObject& standing);
Fresh freshness(const base::RequestHead& head, const app::StoredObject& standing);

}  // namespace web
