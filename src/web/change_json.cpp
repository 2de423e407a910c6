#include "web/change_json.h"

#include "base/text.h"

#include "web/change_fields.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Result;
using base::TextRule;

namespace {

constexpr TextRule name_rule{120, false, true};
constexpr TextRule notes_rule{4000, true, true};

std::optional<std::string> address_in(Fields& fields, std::string_view name) {
  auto address = fields.text(name, {254, false, true});
  if (address && !address->empty() && !base::is_mail_address(*address))
    fields.fault(name, "is not a mail address");
  return address;
}

domain::GuestChange guest_in(Fields& parent) {
  domain::GuestChange guest;
  const json::object* object = parent.object("guest");
  if (!object) return guest;
  Fields fields(*object, parent.faults(), parent.path_of("guest"));
  if (auto name = fields.text("name", name_rule)) guest.name = std::string(base::trimmed(*name));
  guest.email = address_in(fields, "email");
  guest.phone = fields.text("phone", {40, false, true});
  if (const auto size = fields.integer("party_size", 1, 10'000))
    guest.party_size = static_cast<int>(*size);
  fields.finish();
  return guest;
}

std::optional<domain::CaptainFee> captain_fee_in(Fields& fields) {
  const auto text = fields.text("captain_fee");
  if (!text) return std::nullopt;
  const auto fee = domain::captain_fee_from(*text);
  if (!fee) fields.fault("captain_fee", "must be operator, channel or unverified");
  return fee;
}

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
  Fields fields(object, faults);
  app::ChangeRequest request;
  refuse_fixed(fields);
  request.change = read_shared_change(fields);
  request.change.contract = read_contract(fields);
  request.change.guest = guest_in(fields);
  request.change.crew_notes = fields.text("crew_notes", notes_rule);
  request.change.guest_notes = fields.text("guest_notes", notes_rule);
  if (auto slug = fields.text("slug", {60, false, false}))
    request.change.slug = domain::Slug(*std::move(slug));
  request.internal_notes = fields.text("internal_notes", notes_rule);
  request.gross = fields.text("gross", {20, false, false});
  request.captain_fee = captain_fee_in(fields);
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
