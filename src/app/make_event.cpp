#include "app/make_event.h"

#include <algorithm>

#include "domain/change.h"

#include "app/ask_record.h"
#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/plan_jobs.h"
#include "app/reminder_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;

namespace {

struct Made {
  Charter charter;
  std::vector<domain::Job> jobs;
  base::json::object before;
  bool had_open_seats = false;
};

Result<Made> make_new(const ports::TenantStore& store, ports::Changes& changes, const World& world,
                      const domain::Tenant& tenant, const EventRequest& request) {
  const NewCharter wanted{request.booking, domain::AmountsInNotes::refused, NewCharter::Page::no};
  Made made{TRY(put_new_charter(store, changes, world, tenant, wanted)), {}, {}};
  made.jobs = jobs_for_crew_change(made.charter, world.now());
  if (auto look = reminders_job(made.charter, tenant.reminders, {}, world.now()))
    made.jobs.push_back(*std::move(look));
  return made;
}

// Who is named takes an open seat of the role, where there is one.
void put_aboard(Charter& charter, const domain::Slot& slot) {
  if (slot.is_open()) {
    charter.open.push_back(slot.role);
    return;
  }
  const auto open = std::ranges::find(charter.open, slot.role);
  if (open != charter.open.end()) charter.open.erase(open);
  charter.crew.push_back(slot);
}

// Those already aboard keep their seats; a person who is aboard already is refused by name.
Result<Made> add_crew(const ports::TenantStore& store, ports::Changes& changes, const World& world,
                      const domain::Tenant& tenant, const EventRequest& request) {
  auto loaded = TRY(load_charter(store, request.charter));
  if (!loaded)
    return base::Error{base::Kind::not_found,
                       "There is no such charter",
                       {},
                       {{"charter", "There is no such charter"}}};
  Charter charter = std::move(loaded->value);
  TRY(domain::refuse_cancelled(charter));
  const std::size_t aboard = charter.crew.size();
  const bool had_open_seats = !charter.open.empty();
  const auto& added = request.booking.crew;
  if (added.empty()) return base::invalid("crew", "names nobody");
  for (std::size_t i = 0; i < added.size(); ++i)
    for (const domain::Slot& slot : charter.crew)
      if (!added[i].is_open() && slot.member == added[i].member)
        return base::invalid("crew[" + std::to_string(i) + "].member",
                             "crews this charter already");
  if (auto error = base::error_from(domain::faults_of_crew(added, tenant)))
    return *std::move(error);
  if (auto error = base::error_from(domain::faults_of_credentials(added, tenant, charter.ends)))
    return *std::move(error);
  base::json::object before{{"crew", json_of(charter.crew)}};
  for (const domain::Slot& slot : added) put_aboard(charter, slot);
  if (charter.crew.size() + charter.open.size() > domain::crew_per_charter_max)
    return base::invalid("crew", "at most 16 people can crew a charter");
  TRY(domain::refuse_captain_on_bareboat(charter));
  charter.revision += 1;
  for (std::size_t i = aboard; i < charter.crew.size(); ++i)
    charter.crew[i].asked = charter.revision;
  TRY(reserve_crew(store, changes, world, tenant, charter, added));
  put_changed(changes, charter, loaded->version);
  auto jobs = jobs_for_crew_change(charter, world.now());
  return Made{std::move(charter), std::move(jobs), std::move(before), had_open_seats};
}

Result<EventAnswer> make_once(const ports::TenantStore& store, const World& world,
                              const EventRequest& request, const RenderEvent& render) {
  const auto tenant = TRY(load_tenant(store));
  auto changes = store.changes();
  const Made made =
      TRY(request.charter.empty() ? make_new(store, changes, world, tenant.value, request)
                                  : add_crew(store, changes, world, tenant.value, request));
  changes.check(tenant_place(), tenant.version);
  for (const domain::Job& job : made.jobs) plan(changes, job);
  if (!made.charter.open.empty() || made.had_open_seats)
    TRY(owe_look(store, changes, made.charter, world.now()));
  audit(changes, world,
        {request.actor,
         "make_event",
         charter_partition(made.charter.id),
         {{"revision", made.charter.revision}},
         made.before,
         {{"crew", json_of(made.charter.crew)}}});
  const auto answers = TRY(answers_of(store, made.charter.id));
  EventAnswer answer{render({tenant.value, made.charter, answers})};
  remember<ports::Place>(changes, request.call, answer.body, world.now());
  TRY(store.commit(changes));
  return answer;
}

}  // namespace

Result<EventAnswer> make_event(const ports::TenantStore& store, const World& world,
                               const EventRequest& request, const RenderEvent& render) {
  return decide([&] {
    return answered_once<ports::Place, EventAnswer>(
        store, request.call, [&] { return make_once(store, world, request, render); });
  });
}

}  // namespace app
