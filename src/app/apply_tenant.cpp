#include "app/apply_tenant.h"

#include <algorithm>

#include "domain/job.h"

#include "app/audit.h"
#include "app/books_record.h"
#include "app/decide.h"
#include "app/pass_record.h"
#include "app/prove_credential.h"
#include "app/reservations.h"
#include "app/tenant_record.h"

namespace app {

using base::Fault;
using base::Result;
using domain::Tenant;

namespace {

// Each is checked in the commit, which takes a hundred changes.
constexpr std::size_t dropped_max = 80;

struct Before {
  std::optional<Loaded<Tenant>> tenant;
  Loaded<domain::Rates> rates;
  ports::Version listed = ports::absent;
};

std::vector<std::pair<std::string, domain::SiteKind>> hosts_of(const Tenant& tenant) {
  return {{tenant.sites.ops, domain::SiteKind::ops},
          {tenant.sites.crew, domain::SiteKind::crew},
          {tenant.sites.guest, domain::SiteKind::guest}};
}

Result<Before> load_before(const ports::OwnerInstallation& installation, const Tenant& wanted) {
  const auto store = installation.owner(wanted.id);
  auto tenant = TRY(load<Tenant>(store, tenant_place(), tenant_from));
  auto rates = TRY(load_rates(store));
  const ports::Version listed = TRY(installation.tenant_version(wanted.id));
  return Before{std::move(tenant), std::move(rates), listed};
}

Result<void> put_hosts(const ports::OwnerInstallation& installation,
                       ports::InstallationChanges& changes, const Tenant& wanted,
                       const Before& before) {
  const auto hosts = hosts_of(wanted);
  for (const auto& [host, site] : hosts) {
    const auto taken = TRY(installation.host(host));
    if (taken && taken->site.tenant != wanted.id)
      return base::Error{
          base::Kind::conflict,
          "The host " + host + " belongs to another tenant",
          "host-taken",
          {{"sites." + std::string(domain::name_of(site)), host + " belongs to another tenant"}}};
    changes.put_host(host, site, taken ? taken->version : ports::absent);
  }
  if (!before.tenant) return {};
  for (const auto& [host, site] : hosts_of(before.tenant->value)) {
    const bool kept = std::any_of(hosts.begin(), hosts.end(),
                                  [&, name = host](const auto& one) { return one.first == name; });
    if (kept) continue;
    if (const auto taken = TRY(installation.host(host)); taken && taken->site.tenant == wanted.id)
      changes.remove_host(host, taken->version);
  }
  return {};
}

// Should another person come by the same name, the link does not become theirs. How many changes it
// takes.
Result<std::size_t> revoke_invitation(const ports::TenantStore& store, ports::Changes& changes,
                                      const domain::MemberId& member) {
  const auto roster = domain::roster_of(store.tenant());
  const auto called = TRY(store.get(called_place(roster, member)));
  const auto pass = TRY(find_called(store, roster, member));
  if (!called || !pass) return std::size_t{0};
  changes.remove(called_place(roster, member), called->version);
  if (const auto known = TRY(load_pass(store, *pass)))
    changes.remove(pass_place(*pass), known->version);
  return std::size_t{2};
}

Result<void> refuse_dropping(const ports::TenantStore& store, ports::Changes& changes,
                             const World& world, const Tenant& before, const Tenant& wanted) {
  std::vector<Fault> faults;
  std::size_t dropped = 0;
  for (const domain::Vessel& vessel : before.vessels) {
    if (wanted.vessel(vessel.id) || ++dropped > dropped_max) continue;
    if (TRY(has_trips_after(store, changes, vessel.id, world.now())))
      faults.push_back({"vessels", "vessel '" + vessel.id.text() + "' has trips ahead"});
  }
  for (const domain::Member& member : before.members) {
    if (wanted.member(member.id) || ++dropped > dropped_max) continue;
    dropped += TRY(revoke_invitation(store, changes, member.id));
    if (TRY(has_trips_after(store, changes, member.id, world.now())))
      faults.push_back({"crew", "'" + member.id.text() + "' has trips ahead"});
  }
  if (dropped > dropped_max)
    faults.push_back({"crew", "drops more than " + std::to_string(dropped_max) +
                                  " vessels and people at once; do it in steps"});
  if (faults.empty()) return {};
  base::Error error = *base::error_from(std::move(faults));
  error.kind = base::Kind::conflict;
  return error;
}

Result<void> put_credentials(const ports::OwnerStore& store, ports::InstallationChanges& changes,
                             const World& world, AppliedTenant& applied) {
  for (CredentialKind kind : {CredentialKind::dashboard_token, CredentialKind::service_key}) {
    if (!TRY(credentials_of(store, kind)).empty()) continue;
    NewCredential made = TRY(new_credential(world, store.tenant(), kind));
    changes.put(credential_place(kind, made.record.key_id), ports::absent, encoded(made.record));
    auto& token =
        kind == CredentialKind::dashboard_token ? applied.dashboard_token : applied.service_key;
    token = std::move(made.token);
  }
  return {};
}

Result<AppliedTenant> apply_once(const ports::OwnerInstallation& installation, const World& world,
                                 const TenantFile& file) {
  const Tenant& wanted = file.tenant;
  const auto store = installation.owner(wanted.id);
  const Before before = TRY(load_before(installation, wanted));
  auto changes = installation.changes_for(wanted.id);
  AppliedTenant applied{wanted.id, AppliedTenant::Outcome::created, {}, {}};
  TRY(put_hosts(installation, changes, wanted, before));
  TRY(put_credentials(store, changes, world, applied));
  if (before.tenant) {
    const bool same = encoded(before.tenant->value) == encoded(wanted) &&
                      encoded(before.rates.value) == encoded(file.rates);
    if (same && applied.dashboard_token.empty() && applied.service_key.empty())
      return AppliedTenant{wanted.id, AppliedTenant::Outcome::unchanged, {}, {}};
    TRY(refuse_dropping(store, changes, world, before.tenant->value, wanted));
    applied.outcome = AppliedTenant::Outcome::updated;
  }
  changes.put(tenant_place(), before.tenant ? before.tenant->version : ports::absent,
              encoded(wanted));
  changes.put(rates_place(), before.rates.version, encoded(file.rates));
  changes.put_tenant(before.listed);
  audit(changes, world, {"command line", "apply_tenant", tenant_place().partition, {}},
        {{"rates", encoded(file.rates)}});
  TRY(installation.commit(changes));
  return applied;
}

}  // namespace

Result<AppliedTenant> apply_tenant(const ports::OwnerInstallation& installation, const World& world,
                                   const TenantFile& file) {
  return decide([&] { return apply_once(installation, world, file); });
}

}  // namespace app
