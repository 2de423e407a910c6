#include "ports/tenant_store.h"

#include "base/text.h"

namespace ports {

using base::Instant;
using base::Result;
using domain::JobId;
using domain::TenantId;

namespace {

// FNV-1a: the shard of a job must be the same in every process and version.
std::size_t shard_of(const JobId& job) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char c : job.text()) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return static_cast<std::size_t>(hash % Installation::due_shards);
}

constexpr const char* purges_partition = "@purges";

std::string due_partition(std::size_t shard) {
  return "@due/" + std::to_string(shard);
}
std::string due_sort(Instant due_at, const JobId& job) {
  return base::format_utc(std::chrono::floor<std::chrono::seconds>(due_at)) + "/" + job.text();
}

std::vector<Stored> stripped(std::vector<Record> records) {
  std::vector<Stored> answer;
  answer.reserve(records.size());
  for (Record& record : records)
    answer.push_back({std::move(record.key.sort), record.version, std::move(record.body)});
  return answer;
}

Result<std::optional<Stored>> get_one(Store& store, const Key& key) {
  auto record = TRY(store.get(key));
  if (!record) return std::optional<Stored>{};
  return std::optional(Stored{record->key.sort, record->version, std::move(record->body)});
}

std::string under_tenant(const TenantId& tenant, const std::string& partition) {
  return tenant.text() + "/" + partition;
}

}  // namespace

void Changes::add(Change::Kind kind, Table table, std::string partition, const std::string& sort,
                  Version expected, std::string body, std::optional<Instant> expires_at) {
  list_.push_back(
      {kind, Key{table, std::move(partition), sort}, expected, std::move(body), expires_at});
}

std::string Changes::prefixed(const std::string& partition) const {
  return under_tenant(tenant_, partition);
}

void Changes::put(const Place& place, Version expected, std::string body,
                  std::optional<Instant> expires_at) {
  add(Change::Kind::put, Table::operations, prefixed(place.partition), place.sort, expected,
      std::move(body), expires_at);
}
void Changes::remove(const Place& place, Version expected) {
  add(Change::Kind::remove, Table::operations, prefixed(place.partition), place.sort, expected);
}
void Changes::check(const Place& place, Version expected) {
  add(Change::Kind::check, Table::operations, prefixed(place.partition), place.sort, expected);
}

void Changes::add_due(Instant due_at, const JobId& job) {
  has_due_ = true;
  add(Change::Kind::put, Table::operations, due_partition(shard_of(job)), due_sort(due_at, job),
      absent, "{}");
}
void Changes::remove_due(Instant due_at, const JobId& job) {
  add(Change::Kind::remove, Table::operations, due_partition(shard_of(job)), due_sort(due_at, job),
      1);
}

void Changes::put_owed_purge(Version expected, std::string body) {
  add(Change::Kind::put, Table::operations, purges_partition, tenant_.text(), expected,
      std::move(body));
}
void Changes::remove_owed_purge(Version expected) {
  add(Change::Kind::remove, Table::operations, purges_partition, tenant_.text(), expected);
}

void OwnerChanges::put(const OwnerPlace& place, Version expected, std::string body,
                       std::optional<Instant> expires_at) {
  add(Change::Kind::put, Table::owner_only, prefixed(place.partition), place.sort, expected,
      std::move(body), expires_at);
}
void OwnerChanges::remove(const OwnerPlace& place, Version expected) {
  add(Change::Kind::remove, Table::owner_only, prefixed(place.partition), place.sort, expected);
}
void OwnerChanges::check(const OwnerPlace& place, Version expected) {
  add(Change::Kind::check, Table::owner_only, prefixed(place.partition), place.sort, expected);
}

Result<std::optional<Stored>> TenantStore::get(const Place& place) const {
  return get_one(*store_, {Table::operations, under_tenant(tenant_, place.partition), place.sort});
}
Result<std::vector<Stored>> TenantStore::scan(const std::string& partition, const Range& range,
                                              std::size_t limit) const {
  return stripped(
      TRY(store_->scan(Table::operations, under_tenant(tenant_, partition), range, limit)));
}
Result<std::optional<Stored>> TenantStore::owed_purge() const {
  return get_one(*store_, {Table::operations, purges_partition, tenant_.text()});
}
Result<void> commit_named(Store& store, const Changes& changes) {
  auto done = store.commit(changes.list());
  if (done || done.error().kind != base::Kind::conflict) return done;
  base::Error error = std::move(done).error();
  error.code = version_moved;
  return error;
}

Result<void> TenantStore::commit(const Changes& changes) const {
  return commit_named(*store_, changes);
}

Result<std::optional<Stored>> OwnerStore::get(const OwnerPlace& place) const {
  return get_one(store(), {Table::owner_only, under_tenant(tenant(), place.partition), place.sort});
}
Result<std::vector<Stored>> OwnerStore::scan_owner_only(const std::string& partition,
                                                        const Range& range,
                                                        std::size_t limit) const {
  return stripped(
      TRY(store().scan(Table::owner_only, under_tenant(tenant(), partition), range, limit)));
}

void InstallationChanges::put_host(const std::string& host, domain::SiteKind site,
                                   Version expected) {
  add(Change::Kind::put, Table::operations, "@hosts", host, expected,
      R"({"tenant":")" + tenant_.text() + R"(","site":")" + std::string(domain::name_of(site)) +
          "\"}");
}
void InstallationChanges::remove_host(const std::string& host, Version expected) {
  add(Change::Kind::remove, Table::operations, "@hosts", host, expected);
}
void InstallationChanges::put_tenant(Version expected) {
  add(Change::Kind::put, Table::operations, "@tenants", tenant_.text(), expected, "{}");
}

}  // namespace ports
