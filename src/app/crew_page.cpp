#include "app/crew_page.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/show_weather.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::CrewView;
using domain::MemberId;
using domain::Tenant;

namespace {

std::string member_name(const Tenant& tenant, const MemberId& member) {
  const domain::Member* found = tenant.member(member);
  return found ? found->name : member.text();
}

bool is_aboard(const Charter& charter, const MemberId& member) {
  return std::ranges::find(charter.crew, member, &domain::Slot::member) != charter.crew.end();
}

CrewView view_of(const Charter& charter, const Tenant& tenant) {
  CrewView view;
  view.operator_name = tenant.name;
  view.charter = charter.id.text();
  view.title = charter.title;
  view.starts = charter.starts;
  view.ends = charter.ends;
  view.party_size = charter.guest.party_size;
  view.guest_first_name = domain::first_name(charter.guest.name);
  view.crew_notes = charter.crew_notes;
  view.open_seats.reserve(charter.open.size());
  for (const domain::Role& role : charter.open) view.open_seats.push_back(role.text());
  view.status = charter.status;
  view.told_cause = domain::told_cause(charter);
  const domain::Vessel* vessel = tenant.vessel(charter.vessel);
  view.place = domain::place_of(charter, vessel);
  if (vessel) view.boat = vessel->name;
  return view;
}

void add_crew(CrewView& view, const Charter& charter, const Tenant& tenant, const MemberId& reader,
              const std::map<MemberId, GivenAnswer>& answers) {
  for (const domain::Slot& slot : charter.crew) {
    const auto answer = standing_answer(charter, slot, answers);
    const bool is_reader = slot.member == reader;
    view.crew.push_back({member_name(tenant, slot.member), slot.role.text(), answer, is_reader});
    if (!is_reader) continue;
    view.reader_name = view.crew.back().name;
    view.reader_role = slot.role.text();
    view.reader_answer = answer;
    view.reader_asked = slot.asked;
  }
}

std::string dock_clock(base::Instant instant, const std::string& zone) {
  return base::format_wall(base::at(instant, zone).wall).substr(11);
}

void add_checklists(CrewView& view, const Charter& charter, const Tenant& tenant,
                    const std::map<std::string, Tick>& ticks) {
  for (const domain::ChecklistItem& item : charter.checklist) {
    domain::TickView tick{item.id, item.text, false, {}, {}};
    if (auto found = ticks.find(item.id); found != ticks.end() && found->second.done) {
      tick.done = true;
      // Who is no longer aboard is nobody's to read of; what they did stays done.
      if (is_aboard(charter, found->second.by))
        tick.done_by = member_name(tenant, found->second.by);
      tick.done_at = dock_clock(found->second.at, charter.starts.zone);
    }
    auto& list = item.part == domain::ChecklistPart::departure ? view.departure : view.return_items;
    list.push_back(std::move(tick));
  }
}

}  // namespace

Result<CrewView> crew_page(const ports::TenantStore& store, const domain::CharterId& charter,
                           const MemberId& reader, base::Instant now) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return base::not_found("There is no such charter");
  const auto tenant = TRY(load_tenant(store));
  CrewView view = TRY(crew_page(store, loaded->value, tenant.value, reader));
  view.weather = TRY(show_weather(store, loaded->value, tenant.value, now));
  return view;
}

Result<CrewView> crew_page(const ports::TenantStore& store, const Charter& charter,
                           const Tenant& tenant, const MemberId& reader) {
  CrewView view = view_of(charter, tenant);
  add_crew(view, charter, tenant, reader, TRY(answers_of(store, charter.id)));
  if (view.reader_role.empty()) return base::not_found("There is no such charter");
  add_checklists(view, charter, tenant, TRY(ticks_of(store, charter.id)));
  return view;
}

}  // namespace app
