#include "web/s3_conditions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

namespace web {

using base::RequestHead;
using domain::S3Refusal;

namespace {

constexpr std::array<std::string_view, 4> unknown_headers = {
    "x-amz-copy-source", "x-amz-tagging", "x-amz-object-lock-",
    "x-amz-server-side-encryption-customer-"};

bool names(std::string_view list, const std::string& etag) {
  const std::string quoted = '"' + etag + '"';
  return std::ranges::any_of(base::split(list, ','), [&](std::string_view one) {
    one = base::trimmed(one);
    return one == "*" || one == quoted || one == etag;
  });
}

// The header's date; nullopt: absent, or none, which is passed over as RFC 9110 has it.
std::optional<base::Instant> date_in(const RequestHead& head, std::string_view name) {
  const auto written = head.header(name);
  return written ? base::parse_http_date(*written) : std::nullopt;
}

bool changed_after(const app::StoredObject& standing, base::Instant date) {
  return std::chrono::floor<std::chrono::seconds>(standing.changed_at) > date;
}

}  // namespace

std::optional<S3Refusal> unknown_to_the_store(const RequestHead& head) {
  for (const std::string_view pair : base::split(head.query, '&')) {
    const std::string name = base::lowered(pair.substr(0, pair.find('=')));
    if (!name.empty() && name != "x-id" && !name.starts_with("x-amz-"))
      return domain::s3_not_implemented();
  }
  for (const base::Header& header : head.headers)
    for (const std::string_view unknown : unknown_headers)
      if (base::lowered(header.name).starts_with(unknown)) return domain::s3_not_implemented();
  return std::nullopt;
}

std::optional<S3Refusal> write_refusal(const RequestHead& head, const app::StoredObject* standing) {
  if (const auto wanted = head.header("If-Match"))
    if (!standing || !names(*wanted, standing->etag))
      return standing ? domain::s3_precondition_failed("If-Match")
                      : domain::s3_no_such_key(head.path);
  const auto unwanted = head.header("If-None-Match");
  if (unwanted && *unwanted != "*") return domain::s3_not_implemented();
  if (unwanted && standing) return domain::s3_precondition_failed("If-None-Match");
  return std::nullopt;
}

std::optional<S3Refusal> read_refusal(const RequestHead& head, const app::StoredObject& standing) {
  if (const auto wanted = head.header("If-Match")) {
    if (!names(*wanted, standing.etag)) return domain::s3_precondition_failed("If-Match");
    return std::nullopt;
  }
  const auto since = date_in(head, "If-Unmodified-Since");
  if (since && changed_after(standing, *since))
    return domain::s3_precondition_failed("If-Unmodified-Since");
  return std::nullopt;
}

Fresh freshness(const RequestHead& head, const app::StoredObject& standing) {
  if (const auto known = head.header("If-None-Match"))
    return names(*known, standing.etag) ? Fresh::unchanged : Fresh::send;
  const auto since = date_in(head, "If-Modified-Since");
  return since && !changed_after(standing, *since) ? Fresh::unchanged : Fresh::send;
}

}  // namespace web
