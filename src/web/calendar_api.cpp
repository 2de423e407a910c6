#include "web/calendar_api.h"

#include "app/add_block.h"
#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/links.h"
#include "app/remove_block.h"
#include "app/tenant_record.h"
#include "app/write_calendar.h"

#include "web/booking_json.h"
#include "web/charter_json.h"
#include "web/query.h"
#include "web/replies.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Response;
using base::Result;

namespace {

// The owner's feed reaches this far back and ahead.
constexpr std::chrono::days feed_back{92};
constexpr std::chrono::days feed_ahead{731};

Result<app::BlockRequest> read_block(const json::object& object) {
  std::vector<base::Fault> faults;
  Fields fields(object, faults);
  app::BlockRequest request;
  const std::string kind = fields.required_text("kind");
  if (const auto known = domain::busy_kind_from(kind); known && kind != "charter")
    request.kind = *known;
  else if (!kind.empty())
    fields.fault("kind", "must be hold, maintenance or charter");
  request.vessel = domain::VesselId(fields.required_text("vessel"));
  request.title = fields.required_text("title", {120, false, false});
  request.starts_at = read_time(fields, "starts_at").value_or(base::WrittenTime{});
  request.ends_at = read_time(fields, "ends_at").value_or(base::WrittenTime{});
  if (fields.has("expires_at")) request.expires_at = read_time(fields, "expires_at");
  if (fields.boolean("allow_amounts").value_or(false))
    request.amounts = domain::AmountsInNotes::allowed;
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

Response created(std::string body, bool repeated) {
  Response response = json_text_reply(201, std::move(body));
  if (repeated) response.set("Idempotency-Replayed", "true");
  return response;
}

// A charter without crew, from the calendar: a booking like any other, answered as a calendar
// entry.
Response post_charter(const OwnerCall& call, json::object object) {
  object.erase("kind");
  app::BookingRequest request = WEB_TRY(read_booking(base::to_text(object)));
  request.actor = call.actor();
  request.call = WEB_TRY(call_key(call, call.key_id));
  auto answer = WEB_TRY(
      app::take_booking(call.store, call.world, request, [&](const app::TakenBooking& taken) {
        json::object body = entry_json(app::entry_of(taken.charter));
        add_guest_addresses(body, call.world, taken.tenant, taken.charter);
        return base::to_text(body);
      }));
  return created(std::move(answer.body), answer.source == app::BookingAnswer::Source::repeated);
}

}  // namespace

Response post_calendar(const OwnerCall& call) {
  const json::object object = WEB_TRY(base::parse_json_object(call.request.body));
  const json::value* kind = object.if_contains("kind");
  if (kind && kind->is_string() && kind->get_string() == "charter")
    return post_charter(call, object);
  app::BlockRequest request = WEB_TRY(read_block(object));
  request.actor = call.actor();
  request.call = WEB_TRY(call_key(call, call.key_id));
  auto answer = WEB_TRY(app::add_block(call.store, call.world, request, [](const auto& entry) {
    return base::to_text(entry_json(entry));
  }));
  return created(std::move(answer.body), answer.source == app::BlockAnswer::Source::repeated);
}

Response get_calendar(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto days = WEB_TRY(read_days(call, tenant.value.zone));
  json::array entries;
  for (const domain::CalendarEntry& entry : WEB_TRY(app::entries_in(call.store, days)))
    entries.push_back(entry_json(entry));
  return json_reply(200, json::object{{"entries", entries}});
}

Response get_calendar_key(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  return json_reply(
      200, json::object{{"key", domain::feed_key_for(call.world.server_key, tenant.value.id)},
                        {"url", app::feed_url(call.world, tenant.value)}});
}

Response delete_calendar_entry(const OwnerCall& call) {
  WEB_TRY(app::remove_block(call.store, call.world, call.path.find("id")->second, call.actor()));
  Response response;
  response.status = 204;
  return response;
}

Response get_calendar_feed(const FeedCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const domain::Interval span{call.world.now() - feed_back, call.world.now() + feed_ahead};
  const auto entries = WEB_TRY(app::entries_in(call.store, span));
  Response response;
  response.body = WEB_TRY(app::write_owner_calendar(entries, tenant.value));
  response.set("Content-Type", "text/calendar; charset=utf-8");
  response.set("Content-Disposition", "inline; filename=\"calendar.ics\"");
  return response;
}

}  // namespace web
