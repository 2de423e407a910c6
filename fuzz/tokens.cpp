// Tokens, written credentials and ids: what is proved was derived, and parts that were split make
// the whole again.
#include "base/sigv4.h"
#include "base/text.h"

#include "domain/pass.h"

#include "fuzz/harness.h"

namespace {

const domain::ServerKey server_key(32, 'k');
const domain::TenantId tenant("jada");

void check_pass(std::string_view token, domain::TokenUse use) {
  const auto pass = domain::proven_pass(server_key, tenant, token, use);
  if (!pass) return;
  fuzz::require(domain::token_for(server_key, tenant, *pass, use) == base::lowered(token));
}

// "<tenant>.<key id>.<secret>", as app/prove_credential takes it apart.
void check_written_credential(std::string_view token) {
  const auto parts = base::split(token, '.');
  std::string joined;
  for (const std::string_view part : parts) {
    joined += std::string(part) + ".";
    if (base::is_handle(part, 40)) fuzz::require(!part.empty() && part.size() <= 40);
  }
  fuzz::require(joined == std::string(token) + ".");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  check_pass(text, domain::TokenUse::magic_link);
  check_pass(text, domain::TokenUse::crew_cookie);
  check_written_credential(text);
  if (const auto claim = base::credential_claim_from(text)) {
    const base::SigningScope& scope = claim->scope;
    fuzz::require(claim->access_key_id + "/" + scope.day + "/" + scope.region + "/" +
                      scope.service + "/aws4_request" ==
                  text);
  }
  if (const auto moment = base::signing_moment_from(text))
    fuzz::require(base::format_utc_compact(*moment) == text);
  static_cast<void>(domain::tenant_of(domain::CharterId(std::string(text))));
  static_cast<void>(domain::charter_of(domain::JobId(std::string(text))));
  return 0;
}
