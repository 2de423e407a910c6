#include "domain/s3_refusal.h"

#include "base/multipart.h"
#include "base/text.h"

namespace domain {

namespace {

constexpr std::string_view xml_opening = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                                         "\n";
constexpr std::string_view replacement = "\xEF\xBF\xBD";

// What XML 1.0 cannot hold at all (most controls, what is not UTF-8) comes out as U+FFFD.
std::string escaped(std::string_view text) {
  const bool readable = base::is_utf8(text);
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\n' || c == '\r' || c == '\t')
      ((out += "&#") += std::to_string(byte)) += ';';
    else if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !readable))
      out += replacement;
    else
      out += c;
  }
  return out;
}

void append(std::string& xml, std::string_view element, std::string_view text) {
  ((xml += '<') += element) += '>';
  xml += escaped(text);
  ((xml += "</") += element) += '>';
}

constexpr std::string_view form_not_whole =
    "The body of your POST request is not well-formed multipart/form-data.";

}  // namespace

std::string xml_of(const S3Refusal& refusal, std::string_view request_id) {
  std::string xml(xml_opening);
  xml += "<Error>";
  append(xml, "Code", refusal.code);
  append(xml, "Message", refusal.message);
  for (const auto& [element, text] : refusal.extras) append(xml, element, text);
  append(xml, "RequestId", request_id);
  append(xml, "HostId", request_id);  // of one host only; clients log the element
  return xml += "</Error>";
}

S3Refusal s3_access_denied(std::string message) {
  return {403, "AccessDenied", std::move(message), {}};
}

S3Refusal s3_missing_field(std::string_view field) {
  return {400,
          "InvalidArgument",
          "Bucket POST must contain a field named '" + std::string(field) +
              "'.  If it is specified, please check the order of the fields.",
          {{"ArgumentName", std::string(field)}, {"ArgumentValue", ""}}};
}

S3Refusal s3_not_one_file() {
  return {400,
          "InvalidArgument",
          "POST requires exactly one file upload per request.",
          {{"ArgumentName", "file"}, {"ArgumentValue", "0"}}};
}

S3Refusal s3_not_a_form() {
  return s3_precondition_failed("Bucket POST must be of the enclosure-type multipart/form-data");
}

S3Refusal s3_precondition_failed(std::string_view condition) {
  return {412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold",
          {{"Condition", std::string(condition)}}};
}

S3Refusal s3_invalid_range(std::string_view asked, std::size_t size) {
  return {416,
          "InvalidRange",
          "The requested range is not satisfiable",
          {{"RangeRequested", std::string(asked)}, {"ActualObjectSize", std::to_string(size)}}};
}

S3Refusal s3_length_required() {
  return {411, "MissingContentLength", "You must provide the Content-Length HTTP header.", {}};
}

S3Refusal s3_too_large(std::int64_t proposed, std::int64_t most) {
  return {400,
          "EntityTooLarge",
          "Your proposed upload exceeds the maximum allowed size",
          {{"ProposedSize", std::to_string(proposed)}, {"MaxSizeAllowed", std::to_string(most)}}};
}

S3Refusal s3_too_small(std::int64_t proposed, std::int64_t least) {
  return {400,
          "EntityTooSmall",
          "Your proposed upload is smaller than the minimum allowed size",
          {{"ProposedSize", std::to_string(proposed)}, {"MinSizeAllowed", std::to_string(least)}}};
}

S3Refusal s3_no_such_bucket(std::string_view bucket) {
  return {404,
          "NoSuchBucket",
          "The specified bucket does not exist",
          {{"BucketName", std::string(bucket)}}};
}

S3Refusal s3_no_such_key(std::string_view key) {
  return {404, "NoSuchKey", "The specified key does not exist.", {{"Key", std::string(key)}}};
}

S3Refusal s3_method_not_allowed(std::string_view method) {
  return {405,
          "MethodNotAllowed",
          "The specified method is not allowed against this resource.",
          {{"Method", std::string(method)}}};
}

S3Refusal s3_not_implemented() {
  return {501,
          "NotImplemented",
          "A header you provided implies functionality that is not implemented.",
          {}};
}

S3Refusal s3_slow_down() {
  return {503, "SlowDown", "Please reduce your request rate.", {}};
}

S3Refusal s3_internal() {
  return {500, "InternalError", "We encountered an internal error. Please try again.", {}};
}

S3Refusal s3_wrong_digest() {
  return {400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
          {}};
}

S3Refusal s3_wrong_checksum(std::string_view algorithm) {
  return {400,
          "BadDigest",
          "The " + std::string(algorithm) + " you specified did not match the calculated checksum.",
          {}};
}

S3Refusal s3_incomplete_body() {
  return {400,
          "IncompleteBody",
          "You did not provide the number of bytes specified by the Content-Length HTTP header",
          {}};
}

S3Refusal s3_malformed_trailer() {
  return {400,
          "MalformedTrailerError",
          "The request contained trailing data that was not well-formed or did not conform to our "
          "published schema.",
          {}};
}

S3Refusal s3_refusal_of(const base::Error& error) {
  if (error.code == base::form_malformed) {
    return {400, "MalformedPOSTRequest", std::string(form_not_whole), {}};
  }
  if (error.code == base::form_too_large || error.code == base::form_too_many) {
    return {400,
            "MaxPostPreDataLengthExceededError",
            "Your POST request fields preceding the upload file were too large.",
            {}};
  }
  if (error.code == base::form_second_file || error.code == base::form_without_file)
    return s3_not_one_file();
  switch (error.kind) {
    case base::Kind::malformed:
    case base::Kind::invalid:
    case base::Kind::conflict:
      return {400, "InvalidRequest", error.message, {}};
    case base::Kind::unauthenticated:
    case base::Kind::denied:
      return s3_access_denied();
    case base::Kind::not_found:
      return {404, "NoSuchKey", "The specified key does not exist.", {}};
    case base::Kind::limited:
    case base::Kind::unavailable:
      return s3_slow_down();
    case base::Kind::internal:
      break;
  }
  return s3_internal();
}

S3Refusal s3_refusal_of(base::SignatureFault fault, const base::AwsSigner& signer) {
  using base::SignatureFault;
  switch (fault) {
    case SignatureFault::none:
    case SignatureFault::missing:
      return s3_access_denied();
    case SignatureFault::malformed:
      return {400,
              "AuthorizationHeaderMalformed",
              "The authorization header that you provided is not valid.",
              {}};
    case SignatureFault::unknown_key:
      return {403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.",
              {}};
    case SignatureFault::foreign_scope:
      return {400,
              "AuthorizationHeaderMalformed",
              "The authorization header is malformed; the day, region or service is wrong; "
              "expecting '" +
                  signer.region() + "'",
              {{"Region", signer.region()}}};
    case SignatureFault::wrong_token:
      return {400, "InvalidToken", "The provided token is malformed or otherwise invalid.", {}};
    case SignatureFault::headers_not_signed:
      return s3_access_denied("There were headers present in the request which were not signed");
    case SignatureFault::skewed:
      return {403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.",
              {}};
    case SignatureFault::expired:
      return s3_access_denied("Request has expired");
    case SignatureFault::mismatch:
      break;
  }
  return {403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check "
          "your key and signing method.",
          {{"AWSAccessKeyId", signer.credentials().access_key_id}}};
}

std::string post_response_xml(std::string_view location, std::string_view bucket,
                              std::string_view key, std::string_view etag) {
  std::string xml(xml_opening);
  xml += "<PostResponse>";
  append(xml, "Location", location);
  append(xml, "Bucket", bucket);
  append(xml, "Key", key);
  append(xml, "ETag", "\"" + std::string(etag) + "\"");
  return xml += "</PostResponse>";
}

}  // namespace domain
