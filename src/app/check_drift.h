// check_drift: the nightly look at all that tells of an operator's charters: published pages and
// calendar files are read again, with the calendar, the books and what people were told, and held
// against what each charter says now. Pages, entries and books that are stale are renewed at once,
// which is safe to repeat; mails are not, for nobody is woken by a check. What was found is kept
// for the owner.
#pragma once

#include <optional>
#include <vector>

#include "domain/artefact.h"

#include "app/job_desk.h"

namespace app {

inline constexpr std::size_t findings_kept_max = 200;
// So old is a dock's day when its night's looks are made.
inline constexpr std::chrono::hours nights_look_at{3};

struct Finding {
  domain::CharterId charter;
  domain::Artefact artefact;
};

struct DriftReport {
  base::Instant checked_at;
  std::size_t charters = 0;  // looked at
  std::size_t artefacts = 0;
  std::size_t stale = 0;
  std::vector<Finding> findings;                         // the stale ones, the first of them
  enum class Extent { all, part } extent = Extent::all;  // part: there was no time for the rest
};

base::Result<DriftReport> check_drift(const ports::OwnerStore& store, const World& world,
                                      const KeepGoing& keep_going);
// What the last check found; nullopt: there was none yet.
base::Result<std::optional<DriftReport>> last_drift_report(const ports::TenantStore& store);

// Checks each operator whose night has come: a new day in their zone is three hours old, and was
// not when they were checked last; or they never were. One whose check fails keeps no other
// waiting. Nothing where the books are not kept. How many were checked.
base::Result<std::size_t> check_tonight(const JobDesk& desk, const KeepGoing& keep_going);

}  // namespace app
