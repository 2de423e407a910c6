#include "web/booking_json.h"

#include "base/text.h"

#include "domain/booking.h"
#include "domain/slug.h"

#include "app/books_record.h"
#include "app/links.h"
#include "app/receipt.h"

#include "web/charter_json.h"
#include "web/owner_fields.h"
#include "web/receipt_json.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Result;
using base::TextRule;
using domain::Booking;

namespace {

constexpr TextRule reference_rule{80, false, false};

void read_length(Fields& fields, Booking& booking) {
  const bool both = fields.has("duration_minutes") && fields.has("ends_at");
  if (auto minutes = fields.integer("duration_minutes", 1, domain::duration_minutes_max))
    booking.duration_minutes = static_cast<int>(*minutes);
  if (fields.has("ends_at")) booking.ends_at = read_time(fields, "ends_at");
  if (both) fields.fault("ends_at", "send either duration_minutes or ends_at");
  if (!fields.has("duration_minutes") && !fields.has("ends_at"))
    fields.fault("duration_minutes", "is required, or ends_at");
}

}  // namespace

Result<app::BookingRequest> read_booking(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults);
  app::BookingRequest request;
  Booking& booking = request.booking;
  booking.channel = domain::Channel(read_handle(fields, "channel"));
  booking.reference = fields.text("reference", reference_rule).value_or("");
  booking.title = fields.text("title", name_rule).value_or("");
  booking.vessel = domain::VesselId(fields.required_text("vessel"));
  booking.starts_at = read_time(fields, "starts_at").value_or(base::WrittenTime{});
  read_length(fields, booking);
  domain::take(booking.guest, read_guest(fields));
  booking.crew = read_crew(fields);
  booking.contract = read_contract(fields).value_or(booking.contract);
  booking.crew_notes = fields.text("crew_notes", notes_rule).value_or("");
  booking.guest_notes = fields.text("guest_notes", notes_rule).value_or("");
  request.internal_notes = fields.text("internal_notes", notes_rule).value_or("");
  request.gross = fields.text("gross", {20, false, false}).value_or("");
  request.captain_fee = read_captain_fee(fields).value_or(request.captain_fee);
  request.hold = domain::BlockId(fields.text("hold", reference_rule).value_or(""));
  if (fields.boolean("allow_amounts").value_or(false))
    request.amounts = domain::AmountsInNotes::allowed;
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

std::string write_booking(const app::World& world, const app::TakenBooking& taken) {
  const domain::Charter& charter = taken.charter;
  json::object body{{"charter", charter.id.text()},
                    {"status", domain::name_of(charter.status)},
                    {"revision", charter.revision}};
  add_guest_addresses(body, world, taken.tenant, charter);
  body["starts_at"] = base::format_offset_time(charter.starts);
  body["ends_at"] = base::format_offset_time(charter.ends);
  body["timezone"] = charter.starts.zone;
  body["starts_at_utc"] = base::format_utc(charter.starts.utc);
  body["event"] = json::object{{"id", charter.id.text()},
                               {"url", app::crew_page_url(world, taken.tenant, charter.id)}};
  body["calendar_entry"] = json::object{{"id", charter.id.text()}};
  body["settlement"] = app::json_of(taken.settlement);
  body["receipt"] =
      jobs_json(app::with_planned_mails(taken.jobs, charter, taken.tenant, world.now()));
  return base::to_text(body);
}

}  // namespace web
