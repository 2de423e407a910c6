// Job: outside work owed, committed with what caused it.
//
//   (verb) ─> planned ─claim─> planned, leased ─finish─> done
//                 ^                 │ ├─ give up ─> failed ─replay─┐
//                 └── retry later ──┘ └─ overtaken ─> stale        │
//                 └────────────────────────────────────────────────┘
//
// Of a trip's reminders one job is planned at a time: it owes a mail to each person when it is due,
// and plans the next. The same of the looks after open seats (fill_seats).
// Idempotency of each kind: guest_page by object name and version; crew_call by fixed child ids;
// crew_mail and guest_mail by a fixed Message-ID and a link that is derived, not stored; settle by
// recomputing; photo by looking what is there; fill_seats by its round, which the call's record
// counts; reminders by fixed child ids; seat_ask, owner_mail and both reminder mails as the mails.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

#include "domain/charter.h"
#include "domain/ids.h"

namespace domain {

enum class JobKind {
  guest_page,
  crew_call,
  crew_mail,
  guest_mail,
  settle,
  photo,
  fill_seats,
  seat_ask,
  owner_mail,
  reminders,
  crew_reminder,
  guest_reminder,
};
enum class JobState { planned, done, failed, stale };

std::string_view name_of(JobKind kind);
std::optional<JobKind> job_kind_from(std::string_view name);
// Whether a person gets a mail by it.
bool is_mail(JobKind kind);
std::string_view name_of(JobState state);
std::optional<JobState> job_state_from(std::string_view name);

inline constexpr int job_attempts_max = 8;
inline constexpr std::chrono::seconds job_lease{60};
inline constexpr std::chrono::seconds job_wait_for_page{1};
inline constexpr std::chrono::seconds job_wait_for_listener{2};
// Changes that follow one another within this are told in one mail.
inline constexpr std::chrono::seconds changes_gather{120};
// Of a trip that starts sooner than this nothing waits.
inline constexpr std::chrono::hours changes_told_at_once{1};

struct Job {
  JobId id;
  JobKind kind = JobKind::guest_page;
  CharterId charter;
  Revision revision = 1;  // of the charter that caused it
  std::string to;         // for people: an address, a page
  MemberId member;        // crew_mail, seat_ask, crew_reminder: whose
  JobState state = JobState::planned;
  base::Instant planned_at;
  base::Instant due_at;  // when to run next; while leased, when the lease ends
  bool leased = false;   // a runner has it
  int attempts = 0;      // started since planned or replayed
  std::string last_error;
  std::optional<base::Instant> finished_at;
  // Mails that were sent: what they said of the trip (app/facts.h); empty: nothing that holds;
  // "{}": something, but whoever writes to them next must say it all.
  std::string told;
  // Done: the charter's revision that it was rendered from, which may be later than the one that
  // caused it; 0: nothing is rendered, or not yet.
  Revision rendered = 0;
  // What a mail is about, where its kind does not say it: the deed that an owner is told of, the
  // hours before the start of a reminder, what they had answered who are no longer aboard.
  std::string about = {};
};

// "{charter}.{kind}.{revision}": unique per charter by construction.
JobId job_id_for(const CharterId& charter, JobKind kind, Revision revision);
// "{charter}.crew_mail.{revision}.{member}": known before the call has run, the same when it runs
// twice.
JobId crew_mail_id_for(const CharterId& charter, Revision revision, const MemberId& member);
// "{charter}.guest_mail.{revision}.former": the farewell to an address that was the guest's.
JobId former_guest_mail_id_for(const CharterId& charter, Revision revision);
bool is_former_guest_mail(const JobId& job);
// What jobs stand under that are about the tenant's people and no charter: "jada.roster". There is
// no such charter, and there never is one: a charter's own part is longer.
CharterId roster_of(const TenantId& tenant);
bool is_of_roster(const Job& job);
// What the id says of the kind; nullopt: not of the form.
std::optional<JobKind> kind_of(const JobId& job);

// Back-off before try number attempts + 1: 2, 4, 8 … seconds, at most an hour, and up to a quarter
// more. jitter is 0 to 255.
std::chrono::milliseconds backoff_after(int attempts, unsigned char jitter);

}  // namespace domain
