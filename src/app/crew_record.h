// What crew members did on a charter's page: answers and ticks. Records of their own, one per
// member and one per item, so that two people never get in each other's way and the charter's
// revision stays still.
#pragma once

#include <map>

#include "domain/charter.h"
#include "domain/views.h"

#include "app/record_json.h"

namespace app {

struct GivenAnswer {
  domain::Answer answer = domain::Answer::none;
  base::Instant at;
  domain::Revision to = 1;   // the charter's, that was answered to
  std::string meant = {};    // the reader's own time, place, vessel and role then
  domain::DeedId deed = {};  // the deed in the audit trail that it comes from
};
struct Tick {
  bool done = false;
  domain::MemberId by;
  base::Instant at;
  domain::DeedId deed = {};
};

ports::Place answer_place(const domain::CharterId& charter, const domain::MemberId& member);
std::string encoded(const GivenAnswer& answer);
GivenAnswer answer_from(const base::json::object& body);
// nullopt: they have not said anything.
base::Result<std::optional<Loaded<GivenAnswer>>> answer_of(const ports::TenantStore& store,
                                                           const domain::CharterId& charter,
                                                           const domain::MemberId& member);
base::Result<std::map<domain::MemberId, GivenAnswer>> answers_of(const ports::TenantStore& store,
                                                                 const domain::CharterId& charter);

// What a member says yes or no to, as one text.
std::string meant_by(const domain::Charter& charter, const domain::Slot& slot);
// What counts: none, when the seat was asked again since, and is not what it was then.
domain::Answer standing_answer(const domain::Charter& charter, const domain::Slot& slot,
                               const std::map<domain::MemberId, GivenAnswer>& answers);

ports::Place tick_place(const domain::CharterId& charter, const std::string& item);
std::string encoded(const Tick& tick);
Tick tick_from(const base::json::object& body);
base::Result<std::map<std::string, Tick>> ticks_of(const ports::TenantStore& store,
                                                   const domain::CharterId& charter);

}  // namespace app
