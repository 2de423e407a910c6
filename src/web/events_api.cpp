#include "web/events_api.h"

#include "app/calendar_record.h"
#include "app/change_event.h"
#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/links.h"
#include "app/make_event.h"
#include "app/tenant_record.h"

#include "web/change_fields.h"
#include "web/event_json.h"
#include "web/query.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;

namespace {

constexpr std::size_t events_listed_max = 500;

}  // namespace

Response post_event(const ServiceCall& call) {
  app::EventRequest request = WEB_TRY(read_event(call.request.body));
  request.actor = call.actor();
  request.call = WEB_TRY(call_key(call, call.key_id));
  auto answer =
      WEB_TRY(app::make_event(call.store, call.world, request, [&](const app::MadeEvent& made) {
        return base::to_text(event_json(call.world, made.tenant, made.charter, made.answers));
      }));
  Response response = json_text_reply(201, std::move(answer.body));
  if (answer.source == app::EventAnswer::Source::repeated)
    response.set("Idempotency-Replayed", "true");
  return response;
}

Response get_events(const ServiceCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto days = WEB_TRY(read_days(call, tenant.value.zone));
  json::array events;
  for (const domain::CalendarEntry& entry : WEB_TRY(app::entries_in(call.store, days))) {
    if (entry.kind != domain::BusyKind::charter) continue;
    const auto charter = WEB_TRY(app::load_charter(call.store, domain::CharterId(entry.id)));
    if (!charter) continue;
    if (events.size() >= events_listed_max)
      return problem(base::invalid("to", "More than 500 events; ask for fewer days"));
    events.push_back(event_json(call.world, tenant.value, charter->value,
                                WEB_TRY(app::answers_of(call.store, charter->value.id))));
  }
  return json_reply(200, json::object{{"events", events}});
}

namespace {

domain::CharterId event_id(const ServiceCall& call) {
  return domain::CharterId(call.path.find("id")->second);
}

Response shown(const ServiceCall& call, const domain::Charter& charter) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  Response response = json_reply(200, event_json(call.world, tenant.value, charter,
                                                 WEB_TRY(app::answers_of(call.store, charter.id))));
  response.set("ETag", revision_tag(charter));
  return response;
}

}  // namespace

Response get_event(const ServiceCall& call) {
  const auto charter = WEB_TRY(app::load_charter(call.store, event_id(call)));
  if (!charter) return problem(base::not_found("There is no such event"));
  return shown(call, charter->value);
}

Response patch_event(const ServiceCall& call) {
  const auto revision = meant_revision(call.request.head);
  if (!revision) return change_refusal(call.store, event_id(call), revision.error());
  app::EventChange request = WEB_TRY(read_event_change(call.request.body));
  request.meant = {event_id(call), *revision};
  request.actor = call.actor();
  const auto charter = app::change_event(call.store, call.world, request);
  return charter ? shown(call, *charter)
                 : change_refusal(call.store, event_id(call), charter.error());
}

Response delete_event(const ServiceCall& call) {
  const auto revision = meant_revision(call.request.head);
  if (!revision) return change_refusal(call.store, event_id(call), revision.error());
  const auto charter =
      app::cancel_event(call.store, call.world, {event_id(call), *revision}, call.actor());
  return charter ? shown(call, *charter)
                 : change_refusal(call.store, event_id(call), charter.error());
}

}  // namespace web
