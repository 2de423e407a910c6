// What the tests of holds share: holds and maintenance of one vessel, and what is left of them.
#pragma once

#include "app/add_block.h"
#include "app/calendar_record.h"
#include "app/remove_block.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

class HoldTest : public VerbTest {
 protected:
  static BlockRequest block(const std::string& from, const std::string& until,
                            domain::BusyKind kind = domain::BusyKind::hold) {
    BlockRequest request;
    request.kind = kind;
    request.vessel = domain::VesselId("jada");
    request.title = "Youth sailing";
    request.starts_at = written(from);
    request.ends_at = written(until);
    request.actor = "dashboard key 3f2a";
    return request;
  }
  // The answer's text is the block's id.
  base::Result<BlockAnswer> add(const BlockRequest& request, const std::string& tenant = "jada") {
    return add_block(owner(tenant), world, request,
                     [](const domain::CalendarEntry& entry) { return entry.id; });
  }
  std::string held(const std::string& from, const std::string& until, const std::string& expires_at,
                   const std::string& vessel = "jada") {
    BlockRequest request = block(from, until);
    request.vessel = domain::VesselId(vessel);
    request.expires_at = written(expires_at);
    return value_of(add(request)).body;
  }
  static BookingRequest with_hold(BookingRequest request, const std::string& hold) {
    request.hold = domain::BlockId(hold);
    return request;
  }
  std::optional<domain::Block> block_of(const std::string& id) const {
    const auto loaded = value_of(load_block(operations(), domain::BlockId(id)));
    return loaded ? std::optional(loaded->value) : std::nullopt;
  }
  // Of 2027 and 2028.
  std::vector<domain::CalendarEntry> entries() const {
    return value_of(entries_in(operations(), {base::parse_utc("2027-01-01T00:00:00Z").value(),
                                              base::parse_utc("2029-01-01T00:00:00Z").value()}));
  }
  // Moves the clock on to a time of the dock.
  void at_dock(const std::string& text) {
    const auto then = base::resolve(written(text), "America/Los_Angeles").value().utc;
    ASSERT_GT(then, clock.now());
    clock.advance(then - clock.now());
  }
  // How many records speak of it: audit entries and kept answers apart.
  std::size_t traces(const std::string& id) const {
    const Lines all = dump();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& line) {
      return line.find(id) != std::string::npos && line.find(" audit/") == std::string::npos &&
             line.find("idempotency/") == std::string::npos;
    }));
  }
};

}  // namespace app::testing
