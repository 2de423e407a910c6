// S3Body: the body of a signed PUT as its head announces it: plain, or in the chunks of S3's
// clients, with the digests and checksums that it must have.
// Always: a digest that was announced is compared or refused, never passed over.
// Refuses: checksums that are not computed here (all but CRC32, SHA256 and Content-MD5), chunk
// signatures, and at the end a body that is not what was announced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/aws_chunked.h"
#include "base/crc32.h"
#include "base/crypto.h"
#include "base/http.h"

#include "domain/s3_refusal.h"

namespace web {

class S3Body {
 public:
  // payload_hash: what the request's signature says of the body (base::SignatureCheck).
  static std::variant<S3Body, domain::S3Refusal> announced(const base::RequestHead& head,
                                                           std::string payload_hash);

  // The next of the object's bytes, taken off the front; empty: all that was fed is used up.
  // Errors: malformed.
  base::Result<std::string_view> next(std::string_view& bytes);
  // The body is over. nullopt: it is what was announced. Once.
  std::optional<domain::S3Refusal> finish();

  std::int64_t bytes() const { return bytes_; }  // of the object, so far

 private:
  std::optional<domain::S3Refusal> length_refusal() const;
  std::optional<std::string_view> found(const std::string& announced, std::string_view name) const;

  std::string payload_hash_;
  std::optional<base::AwsChunkedReader> chunks_;
  std::optional<std::int64_t> decoded_length_;  // announced of what comes in chunks
  std::string trailer_;  // the name of the trailer that must come; empty: none
  std::string crc32_;    // as announced in the head, in base64; empty: not
  std::string sha256_;
  std::string md5_;
  std::optional<base::Md5> md5_hash_;  // computed only where it is announced
  base::Crc32 crc_;
  base::Sha256 hash_;
  std::int64_t bytes_ = 0;
};

}  // namespace web
