// Whom a charter's open seats were offered to, and what the call has told the owner so far. Records
// of their own beside the charter: asking changes nothing of the trip.
#pragma once

#include <set>
#include <vector>

#include "domain/call.h"

#include "app/crew_record.h"
#include "app/record_json.h"

namespace app {

inline constexpr std::string_view ask_prefix = "ask/";
ports::Place ask_place(const domain::CharterId& charter, const domain::MemberId& member);
inline constexpr std::size_t earlier_asks_max = 20;
struct KeptAsk {
  domain::Ask ask;
  domain::DeedId deed = {};  // in the audit trail, that it comes from; empty: not of an answer
  std::vector<domain::Ask> earlier = {};  // and how each ended, oldest first
};
// What comes after it: what had come to an end is kept.
KeptAsk followed_by(const KeptAsk& before, domain::Ask ask, domain::DeedId deed = {});
std::string encoded(const KeptAsk& kept);
base::Result<std::optional<Loaded<KeptAsk>>> load_ask(const ports::TenantStore& store,
                                                      const domain::CharterId& charter,
                                                      const domain::MemberId& member);
// By member.
base::Result<std::vector<Loaded<KeptAsk>>> asks_of(const ports::TenantStore& store,
                                                   const domain::CharterId& charter);

// Members of the crew whose standing answer is no.
std::set<domain::MemberId> declined_in(const domain::Charter& charter,
                                       const std::map<domain::MemberId, GivenAnswer>& answers);

struct CallRecord {
  std::uint32_t round = 0;                  // of the look that is planned; earlier ones are stale
  std::set<domain::Role> nobody_left = {};  // the owner knows
  bool told_at_risk = false;
};
ports::Place call_place(const domain::CharterId& charter);
std::string encoded(const CallRecord& call);
base::Result<Loaded<CallRecord>> load_call(const ports::TenantStore& store,
                                           const domain::CharterId& charter);

// Owes a look after the seats at that time; one that was planned before becomes stale.
void owe_look(ports::Changes& changes, const domain::Charter& charter,
              const Loaded<CallRecord>& before, CallRecord after, base::Instant now,
              base::Instant due);
// The same at once, by a verb that has no other business with the call.
base::Result<void> owe_look(const ports::TenantStore& store, ports::Changes& changes,
                            const domain::Charter& charter, base::Instant now);
// Which round a job is of; 0: of none.
std::uint32_t round_of(const domain::JobId& job);

}  // namespace app
