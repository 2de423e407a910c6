// add_block: a hold or a maintenance window takes a vessel's time. Refuses a time that is taken.
#pragma once

#include <functional>

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
