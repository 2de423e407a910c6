#include "domain/pass.h"

#include "base/crypto.h"
#include "base/text.h"

namespace domain {

// NUL parts the fields, so that no two different lists of fields give one message.
std::string derived(const ServerKey& key, std::string_view purpose, std::string_view tenant,
                    std::string_view subject) {
  std::string message(purpose);
  message.push_back('\0');
  message.append(tenant);
  message.push_back('\0');
  message.append(subject);
  return base::base32(base::bytes_of(base::hmac_sha256(key, message)));
}

namespace {

std::string_view purpose_of(TokenUse use) {
  return use == TokenUse::magic_link ? "magic-link" : "crew-cookie";
}

}  // namespace

std::string token_for(const ServerKey& key, const TenantId& tenant, const PassId& pass,
                      TokenUse use) {
  return pass.text() + derived(key, purpose_of(use), tenant.text(), pass.text());
}

std::optional<PassId> proven_pass(const ServerKey& key, const TenantId& tenant,
                                  std::string_view token, TokenUse use) {
  if (token.size() != token_length) return std::nullopt;
  const std::string lowered = base::lowered(token);
  PassId pass(lowered.substr(0, pass_id_length));
  if (!base::equal_constant_time(token_for(key, tenant, pass, use), lowered)) return std::nullopt;
  return pass;
}

std::string guest_key_for(const ServerKey& key, const CharterId& charter, std::uint32_t nth) {
  std::string subject = charter.text();
  if (nth > 0) subject += '#' + std::to_string(nth);  // no id has one
  return derived(key, "guest-key", tenant_of(charter).value_or(TenantId()).text(), subject);
}

std::string feed_key_for(const ServerKey& key, const TenantId& tenant) {
  return derived(key, "owner-feed", tenant.text(), "");
}

}  // namespace domain
