#include "web/change_json.h"

#include "web/change_fields.h"
#include "web/owner_fields.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Result;

namespace {

void refuse_fixed(Fields& fields) {
  for (const std::string_view name : {"channel", "reference"})
    if (fields.has(name))
      fields.fault(name, "cannot be changed: it is where the charter came from");
}

std::optional<domain::Decimal> hours_in(Fields& fields) {
  constexpr std::int64_t most = 24 * domain::Decimal::scale;
  const auto text = fields.text("cancelled_hours", {10, false, false});
  if (!text) return std::nullopt;
  const auto hours = domain::Decimal::parse(*text);
  if (!hours || hours->scaled() > most)
    fields.fault("cancelled_hours", "must be hours from \"0\" to \"24\", such as \"2.25\"");
  return hours;
}

}  // namespace

Result<app::ChangeRequest> read_change(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults, {}, base::Nulls::refused);
  app::ChangeRequest request;
  refuse_fixed(fields);
  request.change = read_shared_change(fields);
  request.change.contract = read_contract(fields);
  request.change.guest = read_guest(fields);
  request.change.crew_notes = fields.text("crew_notes", notes_rule);
  request.change.guest_notes = fields.text("guest_notes", notes_rule);
  if (auto slug = fields.text("slug", {60, false, false}))
    request.change.slug = domain::Slug(*std::move(slug));
  request.internal_notes = fields.text("internal_notes", notes_rule);
  request.gross = fields.text("gross", {20, false, false});
  request.captain_fee = read_captain_fee(fields);
  request.cancelled_hours = hours_in(fields);
  if (fields.boolean("allow_amounts").value_or(false))
    request.amounts = domain::AmountsInNotes::allowed;
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

Result<app::Cancellation> read_cancellation(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults);
  app::Cancellation request;
  const std::string word = fields.required_text("cause");
  const auto cause = domain::cancel_cause_from(word);
  if (!word.empty() && !cause)
    fields.fault("cause", "must be weather, guest, operator, channel or duplicate");
  request.cause = cause.value_or(request.cause);
  request.kept = fields.text("kept", {20, false, false}).value_or("");
  request.cancelled_hours = hours_in(fields);
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

}  // namespace web
