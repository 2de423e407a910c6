#include "web/s3_body.h"

#include <charconv>

#include "base/sigv4.h"
#include "base/text.h"

namespace web {

using domain::S3Refusal;

namespace {

constexpr std::string_view checksum_prefix = "x-amz-checksum-";
constexpr std::string_view crc32_name = "x-amz-checksum-crc32";
constexpr std::string_view sha256_name = "x-amz-checksum-sha256";

bool is_computed(std::string_view name) {
  return base::equal_ignoring_case(name, crc32_name) ||
         base::equal_ignoring_case(name, sha256_name);
}
// Words about checksums that carry none.
bool is_value(std::string_view name) {
  const std::string lowered = base::lowered(name);
  if (!lowered.starts_with(checksum_prefix)) return false;
  const std::string kind = lowered.substr(checksum_prefix.size());
  return kind != "algorithm" && kind != "mode" && kind != "type";
}

std::optional<std::int64_t> length_in(std::string_view text) {
  std::int64_t length = -1;
  const char* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, length);
  if (error != std::errc() || read != end || length < 0) return std::nullopt;
  return length;
}

}  // namespace

std::variant<S3Body, S3Refusal> S3Body::announced(const base::RequestHead& head,
                                                  std::string payload_hash) {
  S3Body body;
  if (payload_hash == base::aws_chunked_payload)
    body.chunks_.emplace();
  else if (payload_hash != base::unsigned_payload && payload_hash.size() != 64)
    return domain::s3_not_implemented();
  if (const auto md5 = head.header("Content-MD5")) {
    body.md5_ = std::string(*md5);
    body.md5_hash_.emplace();
  }
  for (const base::Header& header : head.headers)
    if (is_value(header.name) && !is_computed(header.name)) return domain::s3_not_implemented();
  body.payload_hash_ = std::move(payload_hash);
  body.crc32_ = std::string(head.header(crc32_name).value_or(""));
  body.sha256_ = std::string(head.header(sha256_name).value_or(""));
  if (!body.chunks_) {
    if (!head.header("Content-Length")) return domain::s3_length_required();
    return body;
  }
  body.decoded_length_ = length_in(head.header("x-amz-decoded-content-length").value_or(""));
  if (!body.decoded_length_) return domain::s3_length_required();
  body.trailer_ = base::lowered(base::trimmed(head.header("x-amz-trailer").value_or("")));
  if (!body.trailer_.empty() && !is_computed(body.trailer_)) return domain::s3_not_implemented();
  return body;
}

base::Result<std::string_view> S3Body::next(std::string_view& bytes) {
  std::string_view stretch = bytes;
  if (chunks_)
    stretch = TRY(chunks_->next(bytes));
  else
    bytes = {};
  bytes_ += static_cast<std::int64_t>(stretch.size());
  crc_.update(stretch);
  hash_.update(stretch);
  if (md5_hash_) md5_hash_->update(stretch);
  return stretch;
}

std::optional<std::string_view> S3Body::found(const std::string& announced,
                                              std::string_view name) const {
  if (!announced.empty()) return announced;
  return chunks_ ? chunks_->trailer(name) : std::nullopt;
}

std::optional<S3Refusal> S3Body::length_refusal() const {
  if (!chunks_) return std::nullopt;
  if (const auto whole = chunks_->finish(); !whole || bytes_ != *decoded_length_)
    return domain::s3_incomplete_body();
  if (!trailer_.empty() && !chunks_->trailer(trailer_)) return domain::s3_malformed_trailer();
  return std::nullopt;
}

std::optional<S3Refusal> S3Body::finish() {
  if (auto refusal = length_refusal()) return refusal;
  const base::Digest digest = hash_.finish();
  if (payload_hash_.size() == 64 && payload_hash_ != base::hex(base::bytes_of(digest)))
    return domain::s3_wrong_digest();
  if (md5_hash_ && md5_ != base::base64(md5_hash_->finish()))
    return domain::s3_wrong_checksum("Content-MD5");
  const auto crc32 = found(crc32_, crc32_name);
  if (crc32 && *crc32 != base::base64(crc_.bytes())) return domain::s3_wrong_checksum("CRC32");
  const auto sha256 = found(sha256_, sha256_name);
  if (sha256 && *sha256 != base::base64(base::bytes_of(digest)))
    return domain::s3_wrong_checksum("SHA256");
  return std::nullopt;
}

}  // namespace web
