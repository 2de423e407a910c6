#include "web/event_json.h"

#include "app/links.h"

#include "web/charter_json.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Result;

namespace {

// Crew for a trip that exists: nothing but the crew may come with it, or two callers would disagree
// on the facts.
void read_for_existing(Fields& fields, app::EventRequest& request) {
  for (std::string_view name : {"vessel", "title", "starts_at", "ends_at", "notes"})
    if (fields.has(name)) fields.fault(name, "cannot come with charter");
  if (!fields.has("crew")) fields.fault("crew", "is required with charter");
  request.booking.crew = read_crew(fields);
}

void read_new(Fields& fields, app::EventRequest& request) {
  domain::Booking& booking = request.booking;
  booking.channel = domain::Channel("direct");
  booking.vessel = domain::VesselId(fields.required_text("vessel"));
  booking.title = fields.required_text("title", title_rule);
  booking.starts_at = read_time(fields, "starts_at").value_or(base::WrittenTime{});
  booking.ends_at = read_time(fields, "ends_at").value_or(base::WrittenTime{});
  booking.crew = read_crew(fields);
  booking.crew_notes = fields.text("notes", notes_rule).value_or("");
  // The verb refuses amounts too, in a booking's words; here the fault has the event's own field,
  // and no advice that only the owner could follow.
  refuse_amount(fields, "title", booking.title);
  refuse_amount(fields, "notes", booking.crew_notes);
}

}  // namespace

Result<app::EventRequest> read_event(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults);
  app::EventRequest request;
  if (fields.has("charter")) {
    request.charter = domain::CharterId(fields.text("charter", {80, false, false}).value_or(""));
    read_for_existing(fields, request);
  } else {
    read_new(fields, request);
  }
  if (fields.has("allow_amounts"))
    fields.fault("allow_amounts", "only the owner may allow amounts, through the dashboard's API");
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

json::object event_json(const app::World& world, const domain::Tenant& tenant,
                        const domain::Charter& charter,
                        const std::map<domain::MemberId, app::GivenAnswer>& answers) {
  json::object body{{"id", charter.id.text()},
                    {"url", app::crew_page_url(world, tenant, charter.id)},
                    {"status", domain::name_of(domain::status_at(charter, world.now()))},
                    {"revision", charter.revision},
                    {"vessel", charter.vessel.text()},
                    {"title", charter.title},
                    {"dock", charter.dock}};
  add_times(body, charter.starts, charter.ends);
  json::array crew;
  for (const domain::Slot& slot : charter.crew) {
    const domain::Member* member = tenant.member(slot.member);
    const auto answer = app::standing_answer(charter, slot, answers);
    crew.push_back(json::object{{"member", slot.member.text()},
                                {"name", member ? member->name : slot.member.text()},
                                {"role", slot.role.text()},
                                {"answer", domain::name_of(answer)}});
  }
  for (const domain::Role& role : charter.open) crew.push_back(json::object{{"role", role.text()}});
  body["crew"] = crew;
  body["notes"] = charter.crew_notes;
  if (charter.guest.party_size > 0) body["party_size"] = charter.guest.party_size;
  return body;
}

}  // namespace web
