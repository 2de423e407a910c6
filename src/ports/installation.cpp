#include "base/json.h"

#include "ports/tenant_store.h"

namespace ports {

using base::Instant;
using base::Result;
using domain::JobId;
using domain::TenantId;

namespace {

constexpr std::size_t tenants_max = 10'000;
constexpr const char* purges_partition = "@purges";

std::string due_partition(std::size_t shard) {
  return "@due/" + std::to_string(shard);
}

}  // namespace

std::optional<DueEntry> due_entry_from(const std::string& sort) {
  const auto slash = sort.find('/');
  if (slash == std::string::npos) return std::nullopt;
  auto due_at = base::parse_utc(sort.substr(0, slash));
  if (!due_at) return std::nullopt;
  return DueEntry{*due_at, JobId(sort.substr(slash + 1))};
}

Result<std::optional<HostEntry>> Installation::host(const std::string& name) const {
  auto record = TRY(store_->get({Table::operations, "@hosts", name}));
  if (!record) return std::optional<HostEntry>{};
  auto body = TRY(base::parse_json_object(record->body));
  const auto* tenant = body.if_contains("tenant");
  const auto* site = body.if_contains("site");
  auto kind = site && site->is_string() ? domain::site_kind_from(site->get_string()) : std::nullopt;
  if (!tenant || !tenant->is_string() || !kind)
    return base::internal("the record of host " + name + " cannot be read");
  return std::optional(
      HostEntry{{TenantId(std::string(tenant->get_string())), *kind}, record->version});
}

Result<std::vector<TenantId>> Installation::tenants() const {
  std::vector<TenantId> answer;
  for (const Record& record :
       TRY(store_->scan(Table::operations, "@tenants", Range{}, tenants_max)))
    answer.emplace_back(record.key.sort);
  return answer;
}

Result<Version> Installation::tenant_version(const TenantId& tenant) const {
  auto record = TRY(store_->get({Table::operations, "@tenants", tenant.text()}));
  return record ? record->version : absent;
}

Result<std::vector<DueEntry>> Installation::due(Instant until, std::size_t limit,
                                                std::optional<Instant> since) const {
  std::vector<DueEntry> answer;
  // '0' follows '/', so every job due in the second of until is in the range.
  const Range range{since ? base::format_utc(*since) : "", base::format_utc(until) + "0",
                    Range::Order::ascending};
  for (std::size_t shard = 0; shard < due_shards; ++shard)
    for (const Record& record :
         TRY(store_->scan(Table::operations, due_partition(shard), range, limit)))
      if (auto entry = due_entry_from(record.key.sort)) answer.push_back(std::move(*entry));
  return answer;
}

Result<std::vector<TenantId>> Installation::purges_owed(const std::string& from,
                                                        std::size_t limit) const {
  std::vector<TenantId> answer;
  const auto add = [&](const Range& range) -> Result<void> {
    for (const Record& record :
         TRY(store_->scan(Table::operations, purges_partition, range, limit - answer.size())))
      answer.emplace_back(record.key.sort);
    return {};
  };
  TRY(add({from, ""}));
  if (!from.empty() && answer.size() < limit) TRY(add({"", from}));
  return answer;
}

Result<std::optional<Instant>> Installation::next_due() const {
  std::optional<Instant> next;
  for (std::size_t shard = 0; shard < due_shards; ++shard)
    for (const Record& record : TRY(store_->scan(Table::operations, due_partition(shard), {}, 1)))
      if (auto entry = due_entry_from(record.key.sort); entry && (!next || entry->due_at < *next))
        next = entry->due_at;
  return next;
}

Result<void> OwnerInstallation::commit(const InstallationChanges& changes) const {
  return commit_named(store(), changes);
}

}  // namespace ports
