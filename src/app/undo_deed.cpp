#include "app/undo_deed.h"

#include "app/ask_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/receive_photo.h"
#include "app/remove_photo.h"
#include "app/undo_answer.h"

namespace app {

using base::Result;
using domain::DeedId;

namespace {

Result<std::optional<Loaded<AuditEntry>>> load_entry(const ports::TenantStore& store,
                                                     const std::string& subject, const DeedId& id) {
  std::optional<Loaded<AuditEntry>> none;
  if (!is_deed_id(id.text())) return none;
  const auto stored = TRY(store.get(audit_place(subject, id)));
  if (!stored) return none;
  return std::optional(
      Loaded<AuditEntry>{TRY(audit_entry_from(subject, *stored)), stored->version});
}

std::string named(const AuditEntry& entry) {
  return entry.deed.verb + " by " + entry.deed.actor + " at " + base::format_utc(entry.at) +
         " (entry " + entry.id.text() + ")";
}

Result<void> refuse_undone(const AuditEntry& entry) {
  if (!entry.undone_by) return {};
  return base::conflict("Undone already (entry " + entry.undone_by->text() + ")",
                        std::string(already_undone));
}

// The refusal, which says by what, where that is known. Asks once more whether the deed was undone:
// it may have been between the look at its entry and the look at the record.
Result<AuditEntry> overtaken(const ports::TenantStore& store, const std::string& subject,
                             const DeedId& deed, const DeedId& last) {
  if (const auto now = TRY(load_entry(store, subject, deed))) TRY(refuse_undone(now->value));
  const auto newer = TRY(load_entry(store, subject, last));
  return base::conflict(newer ? "Changed since: " + named(newer->value)
                              : "Changed since, by more than a deed that can be undone",
                        std::string(changed_since));
}

// Bytes do not come back to having been announced alone.
base::json::object photo_is_removed() {
  return {{"state", domain::name_of(domain::PhotoState::removed)}};
}

Deed undoing(const AuditEntry& undone, const std::string& actor) {
  const Deed& deed = undone.deed;
  return {actor,
          "undo_deed",
          deed.subject,
          {{"undid", undone.id.text()},
           {"verb", deed.verb},
           {"actor", deed.actor},
           {"facts", deed.facts}},
          deed.after,
          deed.verb == received_photo ? photo_is_removed() : deed.before};
}

Result<AuditEntry> undo_once(const ports::TenantStore& store, const World& world,
                             const UndoRequest& request) {
  const std::string subject = charter_partition(request.charter);
  const auto found = TRY(load_entry(store, subject, request.deed));
  if (!found) return base::not_found("There is no such entry in the audit trail of this charter");
  AuditEntry undone = found->value;
  TRY(refuse_undone(undone));
  if (!undone.deed.undo) return base::invalid("entry", undone.deed.verb + " cannot be undone");
  const ports::Place record{subject, undone.deed.undo->record};
  const LastDeed last = TRY(last_deed_on(store, record));
  if (last.deed != undone.id) return overtaken(store, subject, undone.id, last.deed);
  auto changes = store.changes();
  changes.put(record, last.version, undone.deed.undo->replaced);
  if (undone.deed.verb == received_photo)
    TRY(owe_removal(store, changes, request.charter,
                    domain::PhotoId(text_at(undone.deed.facts, "photo")), world.now()));
  if (undone.deed.verb == answered_call || undone.deed.verb == answered_ask)
    TRY(follow_undone_answer(store, changes, world, request.charter, undone.deed));
  AuditEntry entry = audit(changes, world, undoing(undone, request.actor));
  undone.undone_by = entry.id;
  changes.put(audit_place(subject, undone.id), found->version, encoded(undone));
  TRY(store.commit(changes));
  return entry;
}

// Who said yes to an ask is aboard by an answer that is of no deed; what they say after that
// stands there alone.
Result<DeedId> deed_after(const ports::TenantStore& store, const ports::Place& ask,
                          const DeedId& yes) {
  const domain::MemberId member(ask.sort.substr(ask_prefix.size()));
  const auto stored = TRY(store.get({ask.partition, answer_place({}, member).sort}));
  if (!stored) return DeedId();
  const DeedId later(text_at(TRY(body_of(*stored)), "deed"));
  return later.empty() ? yes : later;
}

}  // namespace

Result<LastDeed> last_deed_on(const ports::TenantStore& store, const ports::Place& record) {
  const auto stored = TRY(store.get(record));
  if (!stored) return LastDeed{};
  const auto body = TRY(body_of(*stored));
  const DeedId deed(text_at(body, "deed"));
  const bool is_taken = record.sort.starts_with(ask_prefix) &&
                        text_at(body, "state") == domain::name_of(domain::AskState::yes);
  if (!is_taken) return LastDeed{stored->version, deed};
  return LastDeed{stored->version, TRY(deed_after(store, record, deed))};
}

Result<AuditEntry> undo_deed(const ports::TenantStore& store, const World& world,
                             const UndoRequest& request) {
  return decide([&] { return undo_once(store, world, request); });
}

}  // namespace app
