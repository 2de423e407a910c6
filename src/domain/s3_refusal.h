// S3Refusal: an error as S3 says it: status, code, message and the elements beside them; and the
// XML of errors and of a stored POST.
// Always: every text is escaped; nothing of what a sender sent becomes markup.
// Source: Amazon S3 API Reference, "Error responses" and "POST Object".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sigv4.h"

namespace domain {

struct S3Refusal {
  int status = 400;
  std::string code;
  std::string message;
  std::vector<std::pair<std::string, std::string>> extras;  // element and text
  friend bool operator==(const S3Refusal&, const S3Refusal&) = default;
};

// The body of a refusal, application/xml. The id is the one of x-amz-request-id.
std::string xml_of(const S3Refusal& refusal, std::string_view request_id);

S3Refusal s3_access_denied(std::string message = "Access Denied");
S3Refusal s3_missing_field(std::string_view field);  // "key", "X-Amz-Algorithm"
S3Refusal s3_not_one_file();
S3Refusal s3_not_a_form();  // 412: the body is not multipart/form-data
S3Refusal s3_precondition_failed(std::string_view condition);  // "If-Match"
S3Refusal s3_invalid_range(std::string_view asked, std::size_t size);
S3Refusal s3_length_required();
S3Refusal s3_too_large(std::int64_t proposed, std::int64_t most);
S3Refusal s3_too_small(std::int64_t proposed, std::int64_t least);
S3Refusal s3_no_such_bucket(std::string_view bucket);
S3Refusal s3_no_such_key(std::string_view key);
S3Refusal s3_method_not_allowed(std::string_view method);
S3Refusal s3_not_implemented();
S3Refusal s3_slow_down();
S3Refusal s3_internal();
S3Refusal s3_wrong_digest();  // the body is not what its signed hash says
S3Refusal s3_wrong_checksum(std::string_view algorithm);  // "CRC32"
S3Refusal s3_incomplete_body();                           // shorter or longer than announced
S3Refusal s3_malformed_trailer();  // the checksum that was announced did not come

// What a reader of the form (base/multipart.h) refused; other errors by their kind.
S3Refusal s3_refusal_of(const base::Error& error);
// What is wrong with a signed request. Requires: fault is not none.
S3Refusal s3_refusal_of(base::SignatureFault fault, const base::AwsSigner& signer);

// The body of a 201: Location, Bucket, Key and ETag (with its quotes).
std::string post_response_xml(std::string_view location, std::string_view bucket,
                              std::string_view key, std::string_view etag);

}  // namespace domain
