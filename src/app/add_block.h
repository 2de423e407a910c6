// add_block: a hold or a maintenance window takes a vessel's time, a hold until it lapses where it
// says when. Refuses a time that is taken; an expires_at that is over, later than the end, or of
// what is no hold; and an amount of money in the title: the crew's site names it to who asks for
// the same time.
#pragma once

#include <functional>

#include "domain/booking.h"
#include "domain/calendar.h"

#include "ports/tenant_store.h"

#include "app/idempotency.h"
#include "app/world.h"

namespace app {

struct BlockRequest {
  domain::BusyKind kind = domain::BusyKind::hold;
  domain::VesselId vessel;
  std::string title;
  base::WrittenTime starts_at;
  base::WrittenTime ends_at;
  std::optional<base::WrittenTime> expires_at;
  domain::AmountsInNotes amounts = domain::AmountsInNotes::refused;
  std::string actor;
  std::optional<CallKey> call;
};

using RenderBlock = std::function<std::string(const domain::CalendarEntry&)>;

struct BlockAnswer {
  std::string body;
  enum class Source { fresh, repeated } source = Source::fresh;
};

base::Result<BlockAnswer> add_block(const ports::OwnerStore& store, const World& world,
                                    const BlockRequest& request, const RenderBlock& render);

}  // namespace app
