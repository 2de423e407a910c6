// Forms that post to the object store: lines "name=value", an empty line, the policy's JSON. It is
// signed here, so that the judge reads all of it; what it accepts keeps the promises of
// AcceptedForm, and nothing is accepted by another signature.
#include "domain/post_policy.h"

#include "base/crypto.h"

#include "fuzz/harness.h"

namespace {

constexpr std::string_view day = "20260101";

const base::AwsSigner& signer() {
  static const base::AwsSigner one({"AKIAIOSFODNN7EXAMPLE", "an invented secret", ""}, "eu-west-1",
                                   "s3");
  return one;
}

domain::PostedForm form_from(std::string_view text) {
  domain::PostedForm form;
  form.bucket = "fairlead-uploads";
  for (std::string_view lines = fuzz::take_until(text, "\n\n"); !lines.empty();) {
    std::string_view line = fuzz::take_until(lines, "\n");
    const std::string_view name = fuzz::take_until(line, "=");
    form.fields.push_back({std::string(name), std::string(line)});
  }
  const std::string policy = base::base64(text);
  form.fields.push_back({"policy", policy});
  form.fields.push_back({"x-amz-algorithm", std::string(base::sigv4_algorithm)});
  form.fields.push_back({"x-amz-credential", signer().credential(day)});
  form.fields.push_back({"x-amz-date", "20260101T000000Z"});
  form.fields.push_back({"x-amz-signature", signer().policy_signature(policy, day)});
  form.filename = "boat.jpg";
  return form;
}

void check_accepted(const domain::AcceptedForm& form) {
  fuzz::require(!form.key.empty() && form.key.size() <= domain::object_key_bytes_max);
  fuzz::require(form.bytes_min >= 0 && form.bytes_max <= domain::object_bytes_max);
  const int status = form.success_status;
  fuzz::require(status == 200 || status == 201 || status == 204);
  fuzz::require(form.redirect.empty() || form.redirect.starts_with("http://") ||
                form.redirect.starts_with("https://"));
  static_cast<void>(domain::size_refusal(form, 1000));
  static_cast<void>(domain::success_of(form, "http://site.example/a", "fairlead-uploads", "e"));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::Instant now = base::parse_utc("2026-01-01T06:00:00Z").value();
  domain::PostedForm form = form_from(fuzz::text_of(data, size));
  const auto verdict = domain::judge_form(form, signer(), now);
  if (const auto* accepted = std::get_if<domain::AcceptedForm>(&verdict)) check_accepted(*accepted);
  std::string& signature = form.fields.back().value;
  signature.front() = signature.front() == '0' ? '1' : '0';
  fuzz::require(
      !std::holds_alternative<domain::AcceptedForm>(domain::judge_form(form, signer(), now)));
  return 0;
}
