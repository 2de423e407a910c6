// Credentials of programs: dashboard tokens and service keys, "<tenant>.<key id>.<secret>". Only
// hashes are kept.
#pragma once

#include <vector>

#include "domain/ids.h"

#include "app/record_json.h"

namespace app {

enum class CredentialKind { dashboard_token, service_key };
std::string_view name_of(CredentialKind kind);
std::optional<CredentialKind> credential_kind_from(std::string_view name);

struct Credential {
  std::string key_id;
  // dashboard_token: hex of HMAC-SHA256(server key, secret). service_key: a bcrypt hash.
  std::string secret_hash;
  base::Instant made_at;
};

// The code of the error that a wrong credential answers, whatever is wrong about it.
inline constexpr const char* wrong_credential = "wrong-credential";

// Two live ones allow rotation without a gap.
inline constexpr std::size_t live_credentials_max = 2;

ports::Place credential_place(CredentialKind kind, const std::string& key_id);
std::string encoded(const Credential& credential);
base::Result<std::optional<Loaded<Credential>>> load_credential(const ports::TenantStore& store,
                                                                CredentialKind kind,
                                                                const std::string& key_id);
// Oldest first.
base::Result<std::vector<Loaded<Credential>>> credentials_of(const ports::TenantStore& store,
                                                             CredentialKind kind);

}  // namespace app
