// Handles on the store. A verb holds one of these, never a Store.
//   TenantStore   one tenant's operations records. All that crew and guest code gets: it cannot
//   name the
//                 owner-only table, because Place has no table.
//   OwnerStore    the same tenant's operations and owner-only records. Money lives only there.
//   Installation  what has no tenant yet: host names, the tenant list, due times. For guard, ticker
//   and commands.
//   OwnerInstallation  the same, and the way to the owner-only records of any tenant. Where crew
//                 and guests alone are served there is none.
// Always: each key begins with its tenant; forgetting the tenant does not compile.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "domain/ids.h"
#include "domain/site.h"

#include "ports/store.h"

namespace ports {

// A record's place within its tenant: {"charter/jada.7k3m", "charter"}.
struct Place {
  std::string partition;
  std::string sort;
};
// A place in the owner-only table. Another type on purpose: crew code cannot pass one.
struct OwnerPlace {
  std::string partition;
  std::string sort;
};

struct Stored {
  std::string sort;
  Version version = absent;
  std::string body;
};

// Everything one request does to the store: records, jobs and audit entries, as one value that can
// be printed and compared. Made by a handle, committed by the same kind of handle.
class Changes {
 public:
  void put(const Place& place, Version expected, std::string body,
           std::optional<base::Instant> expires_at = {});
  void remove(const Place& place, Version expected);
  void check(const Place& place, Version expected);
  // The due index: which job wants to run when. Kept per installation, written with the tenant's
  // commit.
  void add_due(base::Instant due_at, const domain::JobId& job);
  void remove_due(base::Instant due_at, const domain::JobId& job);
  // What the tenant owes to the network before its pages: one record, kept per installation so that
  // whoever pays finds it without asking each tenant.
  void put_owed_purge(Version expected, std::string body);
  void remove_owed_purge(Version expected);

  const std::vector<Change>& list() const { return list_; }
  bool has_due() const { return has_due_; }

 protected:
  friend class TenantStore;
  explicit Changes(domain::TenantId tenant) : tenant_(std::move(tenant)) {}
  void add(Change::Kind kind, Table table, std::string partition, const std::string& sort,
           Version expected, std::string body = {}, std::optional<base::Instant> expires_at = {});
  std::string prefixed(const std::string& partition) const;

 private:
  domain::TenantId tenant_;
  std::vector<Change> list_;
  bool has_due_ = false;
};

// The code of the conflict that a handle's commit answers when an expectation did not hold.
inline constexpr std::string_view version_moved = "version-moved";
base::Result<void> commit_named(Store& store, const Changes& changes);

class OwnerChanges : public Changes {
 public:
  using Changes::check;
  using Changes::put;
  using Changes::remove;
  void put(const OwnerPlace& place, Version expected, std::string body,
           std::optional<base::Instant> expires_at = {});
  void remove(const OwnerPlace& place, Version expected);
  void check(const OwnerPlace& place, Version expected);

 protected:
  friend class OwnerStore;
  explicit OwnerChanges(domain::TenantId tenant) : Changes(std::move(tenant)) {}
};

class TenantStore {
 public:
  TenantStore(Store& store, domain::TenantId tenant) : store_(&store), tenant_(std::move(tenant)) {}

  const domain::TenantId& tenant() const { return tenant_; }
  Changes changes() const { return Changes(tenant_); }
  base::Result<std::optional<Stored>> get(const Place& place) const;
  base::Result<std::vector<Stored>> scan(const std::string& partition, const Range& range,
                                         std::size_t limit) const;
  base::Result<std::optional<Stored>> owed_purge() const;
  base::Result<void> commit(const Changes& changes) const;

 protected:
  Store& store() const { return *store_; }

 private:
  Store* store_;
  domain::TenantId tenant_;
};

class OwnerStore : public TenantStore {
 public:
  using TenantStore::get;
  using TenantStore::scan;
  using TenantStore::TenantStore;

  OwnerChanges changes() const { return OwnerChanges(tenant()); }
  base::Result<std::optional<Stored>> get(const OwnerPlace& place) const;
  base::Result<std::vector<Stored>> scan_owner_only(const std::string& partition,
                                                    const Range& range, std::size_t limit) const;
};

struct HostEntry {
  domain::Site site;
  Version version = absent;
};

struct DueEntry {
  base::Instant due_at;
  domain::JobId job;
};

// "2026-11-26T01:38:24Z/jada.7k3m.guest_page.1"; nullopt: no such sort key.
std::optional<DueEntry> due_entry_from(const std::string& sort);

// The tenant's own records and its hosts in one commit.
class InstallationChanges : public OwnerChanges {
 public:
  void put_host(const std::string& host, domain::SiteKind site, Version expected);
  void remove_host(const std::string& host, Version expected);
  void put_tenant(Version expected);

 private:
  friend class OwnerInstallation;
  explicit InstallationChanges(domain::TenantId tenant)
      : OwnerChanges(tenant), tenant_(std::move(tenant)) {}
  domain::TenantId tenant_;
};

class Installation {
 public:
  static constexpr std::size_t due_shards = 16;

  explicit Installation(Store& store) : store_(&store) {}

  base::Result<std::optional<HostEntry>> host(const std::string& name) const;
  base::Result<std::vector<domain::TenantId>> tenants() const;
  base::Result<Version> tenant_version(const domain::TenantId& tenant) const;  // absent: none
  // Jobs due at or before until, and not before since where it is given, at most limit per shard.
  base::Result<std::vector<DueEntry>> due(base::Instant until, std::size_t limit,
                                          std::optional<base::Instant> since = {}) const;
  // The next instant at which anything is due; nullopt: nothing is planned.
  base::Result<std::optional<base::Instant>> next_due() const;
  // Tenants that owe a purge, at most limit: in their order, beginning at from and after the last
  // one with the first again.
  base::Result<std::vector<domain::TenantId>> purges_owed(const std::string& from,
                                                          std::size_t limit) const;

  TenantStore operations(const domain::TenantId& tenant) const { return {*store_, tenant}; }

 protected:
  Store& store() const { return *store_; }

 private:
  Store* store_;
};

class OwnerInstallation : public Installation {
 public:
  using Installation::Installation;

  OwnerStore owner(const domain::TenantId& tenant) const { return {store(), tenant}; }
  InstallationChanges changes_for(const domain::TenantId& tenant) const {
    return InstallationChanges(tenant);
  }
  base::Result<void> commit(const InstallationChanges& changes) const;
};

}  // namespace ports
