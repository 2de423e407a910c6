#include "app/audit_trail.h"

#include <algorithm>
#include <map>

#include "app/charter_record.h"
#include "app/undo_deed.h"

namespace app {

using base::Result;
using domain::DeedId;
using ports::Stored;

namespace {

// Of deeds up to the last one of a page; nothing else of the owner's stands between them.
Result<std::map<std::string, base::json::object>> amounts_in(const ports::OwnerStore& store,
                                                             const std::string& subject,
                                                             const std::vector<Stored>& deeds) {
  std::map<std::string, base::json::object> amounts;
  if (deeds.empty()) return amounts;
  const ports::Range range{deeds.front().sort, deeds.back().sort + "~"};
  for (const Stored& stored : TRY(store.scan_owner_only(subject, range, deeds_per_page)))
    amounts[stored.sort] = TRY(audit_entry_from(subject, stored)).deed.facts;
  return amounts;
}

// One look at each record, however many deeds changed it.
class LastDeeds {
 public:
  LastDeeds(const ports::TenantStore& store, const std::string& subject)
      : store_(store), subject_(subject) {}

  Result<TrailEntry::Undo> undo_of(const AuditEntry& entry) {
    if (!entry.deed.undo || entry.undone_by) return TrailEntry::Undo::not_possible;
    const std::string& record = entry.deed.undo->record;
    auto found = last_.find(record);
    if (found == last_.end())
      found = last_.emplace(record, TRY(last_deed_on(store_, {subject_, record})).deed).first;
    return found->second == entry.id ? TrailEntry::Undo::possible : TrailEntry::Undo::not_possible;
  }

 private:
  const ports::TenantStore& store_;
  const std::string& subject_;
  std::map<std::string, DeedId> last_;
};

// At most one more than a page holds, which tells that there is a next one.
Result<std::vector<Stored>> deeds_after(const ports::TenantStore& store, const std::string& subject,
                                        const DeedId& after) {
  ports::Range range = ports::starting_with(std::string(audit_prefix));
  if (!after.empty()) range.first = audit_place(subject, after).sort;
  std::vector<Stored> deeds = TRY(store.scan(subject, range, deeds_per_page + 2));
  if (!deeds.empty() && !after.empty() && deeds.front().sort == range.first)
    deeds.erase(deeds.begin());
  deeds.resize(std::min(deeds.size(), deeds_per_page + 1));
  return deeds;
}

}  // namespace

Result<AuditTrail> audit_trail(const ports::OwnerStore& store, const domain::CharterId& charter,
                               const DeedId& after) {
  if (!TRY(load_charter(store, charter))) return base::not_found("There is no such charter");
  const std::string subject = charter_partition(charter);
  std::vector<Stored> deeds = TRY(deeds_after(store, subject, after));
  const bool more = deeds.size() > deeds_per_page;
  if (more) deeds.pop_back();
  auto amounts = TRY(amounts_in(store, subject, deeds));
  LastDeeds last(store, subject);
  AuditTrail trail;
  for (const Stored& stored : deeds) {
    AuditEntry entry = TRY(audit_entry_from(subject, stored));
    const auto undo = TRY(last.undo_of(entry));
    trail.entries.push_back({std::move(entry), std::move(amounts[stored.sort]), undo});
  }
  if (more) trail.next = trail.entries.back().entry.id;
  return trail;
}

}  // namespace app
