// Charter: the one record of a trip. Everything else shown anywhere is rendered from it.
// Always: no member of it is money; every change of it that others must hear of raises revision by
// one.
//
//   (add_block) ──> hold ─ its expires_at ─> lapsed
//                    │ └─ remove_block ─> removed
//                    └─ take_booking ─┐
//                                     v
//   (take_booking, make_event) ──> confirmed ─ its start ─> in_progress ─ its end ─> completed
//                                     │  ^ change_charter      │
//                                     └──┴── cancel_charter ───┴──> cancelled
//
// Hold, confirmed and cancelled are on record; the others follow from the clock, so that no job has
// to be in time for them to be true. A lapsed hold still becomes a charter where its time is free.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

#include "domain/ids.h"

namespace domain {

enum class CharterStatus { confirmed, in_progress, completed, cancelled };
std::string_view name_of(CharterStatus status);
std::optional<CharterStatus> charter_status_from(std::string_view name);

enum class CancelCause { weather, guest, operator_, channel, duplicate };
std::string_view name_of(CancelCause cause);
std::optional<CancelCause> cancel_cause_from(std::string_view name);

// What the guest hires: a boat with the operator's captain, or the bare boat, whose captain is
// the guest's own and never one of ours.
enum class Contract { time_charter, bareboat };
std::string_view name_of(Contract contract);
std::optional<Contract> contract_from(std::string_view name);

using Revision = std::uint32_t;

// A crew role and who was asked to fill it.
struct Slot {
  MemberId member;
  Role role;
  // With which revision of the charter: an answer to an earlier one does not count.
  Revision asked = 1;
  // Of a list that asks for crew; on a charter such seats stand in Charter::open.
  bool is_open() const { return member.empty(); }
  friend bool operator==(const Slot&, const Slot&) = default;
};

struct Guest {
  std::string name;
  std::string email;  // empty: not known, as with many marketplaces
  std::string phone;
  int party_size = 0;  // 0: not known
};

enum class ChecklistPart { departure, return_ };

struct ChecklistItem {
  std::string id;  // "d1", "r2"
  ChecklistPart part = ChecklistPart::departure;
  std::string text;
};

struct Charter {
  CharterId id;
  Revision revision = 1;
  // The last revision that changed what pages and mails say. Jobs planned before it are stale;
  // adding crew raises revision alone, so that the guest's waiting mail still goes out.
  Revision facts_revision = 1;
  CharterStatus status = CharterStatus::confirmed;  // as on record; status_at() for what is shown
  std::optional<CancelCause> cancel_cause;          // set when cancelled
  Channel channel;
  std::string reference;  // the channel's own; empty: none
  std::string title;
  VesselId vessel;
  std::string dock;
  base::Moment starts;
  base::Moment ends;
  Guest guest;
  std::uint32_t guest_key = 0;  // how many guests had a key before this one's
  std::vector<Slot> crew;
  // Seats that nobody was named for, in the order given. One whose member said no is up for grabs
  // as well, but stays theirs in crew until somebody takes it (domain/call.h).
  std::vector<Role> open;
  Contract contract = Contract::time_charter;
  std::string crew_notes;          // crew may read these
  std::string guest_notes;         // the guest may read these
  Slug slug;                       // empty: no guest page
  std::vector<Slug> former_slugs;  // lead to the page
  std::vector<ChecklistItem> checklist;
  base::Instant booked_at;
  base::Instant changed_at;  // when facts_revision became what it is

  bool has_guest_page() const { return !slug.empty(); }
  bool is_cancelled() const { return status == CharterStatus::cancelled; }
  int duration_minutes() const;
  // Of its event in every calendar: 0 until its facts change.
  std::uint32_t calendar_sequence() const { return facts_revision - 1; }
};

// The charter's seats are these from now on, those with a member and those without.
void seat(Charter& charter, const std::vector<Slot>& wanted);

CharterStatus status_at(const Charter& charter, base::Instant now);
// The same of what a calendar knows: the recorded word, begin and end.
CharterStatus status_at(CharterStatus recorded, base::Instant starts, base::Instant ends,
                        base::Instant now);

// The first word of a full name, or the first after a comma: all that a page which may be forwarded
// shows.
std::string first_name(const std::string& full_name);

// The title of a charter that nobody gave one: "Boatsetter charter for Dana".
std::string made_title(const Channel& channel, const std::string& guest_name);

// A tenant's two lists as a charter carries them.
std::vector<ChecklistItem> checklist_from(const std::vector<std::string>& departure,
                                          const std::vector<std::string>& return_items);

// Magic links live until this long after the end; guest pages answer 404 this long after it.
inline constexpr std::size_t former_slugs_max = 20;
inline constexpr std::chrono::hours pass_lives_after_end{48};
inline constexpr std::chrono::hours page_lives_after_end{14 * 24};

}  // namespace domain
