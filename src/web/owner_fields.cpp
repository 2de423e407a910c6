#include "web/owner_fields.h"

#include "base/text.h"

#include "web/shared_fields.h"

namespace web {

using base::Fields;

namespace {

std::optional<std::string> read_mail_address(Fields& fields, std::string_view name) {
  auto address = fields.text(name, {254, false, true});
  if (address && !address->empty() && !base::is_mail_address(*address))
    fields.fault(name, "is not a mail address");
  return address;
}

}  // namespace

domain::GuestChange read_guest(Fields& parent) {
  domain::GuestChange guest;
  const base::json::object* object = parent.object("guest");
  if (!object) return guest;
  Fields fields(*object, parent.faults(), parent.path_of("guest"), parent.nulls());
  if (const auto name = fields.text("name", name_rule))
    guest.name = base::is_blank(*name) ? "" : std::string(base::trimmed(*name));
  guest.email = read_mail_address(fields, "email");
  guest.phone = fields.text("phone", {40, false, true});
  if (const auto size = fields.integer("party_size", 1, 10'000))
    guest.party_size = static_cast<int>(*size);
  fields.finish();
  return guest;
}

std::optional<domain::CaptainFee> read_captain_fee(Fields& fields) {
  const auto text = fields.text("captain_fee", word_rule);
  if (!text) return std::nullopt;
  const auto fee = domain::captain_fee_from(*text);
  if (!fee) fields.fault("captain_fee", "must be operator, channel or unverified");
  return fee;
}

}  // namespace web
