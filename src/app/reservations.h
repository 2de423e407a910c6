// Reservations: taking a span of a vessel's or a person's time, inside the commit that needs it.
// Always: every month the span comes near is in the commit, changed or checked, so that two
// overlapping reservations cannot both commit. Refuses: a span that is taken; the conflict names
// what is in the way, in the dock's time. What has lapsed by now is not there, and goes from every
// month that is written.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/calendar.h"
#include "domain/tenant.h"

#include "ports/tenant_store.h"

namespace app {

// Several at once, of vessels and people: what is let go of is free for what is taken. Used once:
// let_go and take, then add_to.
class Reservations {
 public:
  Reservations(const ports::TenantStore& store, base::Instant now);
  ~Reservations();

  base::Result<void> let_go(const domain::VesselId& vessel, const domain::Busy& busy);
  base::Result<void> let_go(const domain::MemberId& member, const domain::Busy& busy);
  base::Result<void> take(const domain::Vessel& vessel, const domain::Busy& busy,
                          const std::string& zone);
  // field names the person in the fault: "crew[1].member". Whom the owner names may go from one
  // trip to the next.
  base::Result<void> take(const domain::Member& member, const domain::Busy& busy,
                          const std::string& zone, const std::string& field);
  // Whom the call finds has the longer turnaround of the two vessels between their trips.
  base::Result<void> take_apart(const domain::Member& member, const domain::Busy& busy,
                                const domain::Tenant& tenant, const std::string& field);
  base::Result<void> add_to(ports::Changes& changes);

 private:
  struct Calendar;
  Calendar& calendar(const std::string& partition);

  const ports::TenantStore& store_;
  const base::Instant now_;
  std::map<std::string, std::unique_ptr<Calendar>> calendars_;  // by partition
};

// What a member's time is taken by that touches the span, each once, by its beginning.
base::Result<std::vector<domain::Busy>> busy_of(const ports::TenantStore& store,
                                                const domain::MemberId& member,
                                                const domain::Interval& span, base::Instant now);

// Whether a vessel or person has anything ahead: what tenant apply asks before it drops one. The
// changes then check that nobody reserves more meanwhile.
base::Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                                   const domain::VesselId& vessel, base::Instant now);
base::Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                                   const domain::MemberId& member, base::Instant now);

// The charters that take a person's time within a span. The changes then check that none comes or
// goes meanwhile.
base::Result<std::vector<domain::CharterId>> charters_within(const ports::TenantStore& store,
                                                             ports::Changes& changes,
                                                             const domain::MemberId& member,
                                                             const domain::Interval& span,
                                                             base::Instant now);

}  // namespace app
