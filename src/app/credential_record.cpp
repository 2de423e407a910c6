#include "app/credential_record.h"

#include <algorithm>

namespace app {

namespace json = base::json;
using base::Result;

namespace {

constexpr std::size_t listed_max = 20;

std::string partition_of(CredentialKind kind) {
  return "credential/" + std::string(name_of(kind));
}

Credential credential_from(const json::object& body) {
  return {text_at(body, "key_id"), text_at(body, "secret_hash"), instant_at(body, "made_at")};
}

}  // namespace

std::string_view name_of(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::dashboard_token:
      return "dashboard-token";
    case CredentialKind::service_key:
      return "service-key";
  }
  return "";
}

std::optional<CredentialKind> credential_kind_from(std::string_view name) {
  for (CredentialKind kind : {CredentialKind::dashboard_token, CredentialKind::service_key})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

ports::Place credential_place(CredentialKind kind, const std::string& key_id) {
  return {partition_of(kind), key_id};
}

std::string encoded(const Credential& credential) {
  return base::to_text(json::object{{"key_id", credential.key_id},
                                    {"secret_hash", credential.secret_hash},
                                    {"made_at", base::format_utc(credential.made_at)}});
}

Result<std::optional<Loaded<Credential>>> load_credential(const ports::TenantStore& store,
                                                          CredentialKind kind,
                                                          const std::string& key_id) {
  return load<Credential>(store, credential_place(kind, key_id), credential_from);
}

Result<std::vector<Loaded<Credential>>> credentials_of(const ports::TenantStore& store,
                                                       CredentialKind kind) {
  std::vector<Loaded<Credential>> all;
  for (const ports::Stored& stored : TRY(store.scan(partition_of(kind), {}, listed_max)))
    all.push_back({credential_from(TRY(body_of(stored))), stored.version});
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.value.made_at < b.value.made_at; });
  return all;
}

}  // namespace app
