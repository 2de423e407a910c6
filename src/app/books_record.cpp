#include "app/books_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Currency;
using domain::Decimal;
using domain::Intake;
using domain::Money;
using domain::Rates;

namespace {

Currency currency_at(const json::object& body) {
  return Currency::parse(text_at(body, "currency")).value_or(Currency());
}

Rates rates_from(const json::object& body) {
  Rates rates{currency_at(body), {}, {}};
  for (const auto& [role, value] : object_at(body, "pay")) {
    if (!value.is_object()) continue;
    const json::object& rule = value.get_object();
    rates.pay[domain::Role(std::string(role))] = {
        Money{number_at(rule, "rate_minor"), rates.currency},
        Decimal::parse(text_at(rule, "hours"))};
  }
  for (const json::value& value : list_at(body, "fees"))
    if (value.is_object())
      rates.fees.push_back(
          {text_at(value.get_object(), "name"),
           Decimal::parse(text_at(value.get_object(), "percent")).value_or(Decimal())});
  return rates;
}

// Before roles were kept with them they were a text alone.
domain::ApprovedHours approved_from(const json::value& value) {
  if (value.is_string()) return {Decimal::parse(value.get_string()).value_or(Decimal())};
  if (!value.is_object()) return {};
  const json::object& body = value.get_object();
  return {Decimal::parse(text_at(body, "hours")).value_or(Decimal()),
          domain::Role(text_at(body, "role"))};
}

Intake intake_from(const json::object& body) {
  Intake intake;
  if (body.contains("gross_minor"))
    intake.gross = Money{number_at(body, "gross_minor"), currency_at(body)};
  intake.captain_fee = domain::captain_fee_from(text_at(body, "captain_fee"))
                           .value_or(domain::CaptainFee::operator_);
  intake.internal_notes = text_at(body, "internal_notes");
  if (body.contains("kept_minor"))
    intake.kept = Money{number_at(body, "kept_minor"), currency_at(body)};
  if (body.contains("cancelled_hours"))
    intake.cancelled_hours = Decimal::parse(text_at(body, "cancelled_hours"));
  for (const auto& [member, approved] : object_at(body, "approved_hours"))
    intake.approved_hours[domain::MemberId(std::string(member))] = approved_from(approved);
  return intake;
}

json::value amount_or_null(const std::optional<Money>& money) {
  if (!money) return nullptr;
  return json::value(domain::text_of(*money));
}

}  // namespace

ports::OwnerPlace rates_place() {
  return {"tenant", "rates"};
}
ports::OwnerPlace intake_place(const domain::CharterId& charter) {
  return {"charter/" + charter.text(), "intake"};
}
ports::OwnerPlace settlement_place(const domain::CharterId& charter) {
  return {"charter/" + charter.text(), "settlement"};
}

std::string encoded(const Rates& rates) {
  json::object pay;
  for (const auto& [role, rule] : rates.pay) {
    json::object one{{"rate_minor", rule.rate.minor}};
    if (rule.hours) one["hours"] = rule.hours->text();
    pay[role.text()] = one;
  }
  json::array fees;
  for (const domain::FeeRule& fee : rates.fees)
    fees.push_back(json::object{{"name", fee.name}, {"percent", fee.percent.text()}});
  return base::to_text(
      json::object{{"currency", rates.currency.code()}, {"pay", pay}, {"fees", fees}});
}

Result<Loaded<Rates>> load_rates(const ports::OwnerStore& store) {
  auto loaded = TRY(load<Rates>(store, rates_place(), rates_from));
  return loaded ? *std::move(loaded) : Loaded<Rates>{};
}

std::string encoded(const Intake& intake) {
  json::object body{{"captain_fee", domain::name_of(intake.captain_fee)},
                    {"internal_notes", intake.internal_notes}};
  if (intake.gross) {
    body["gross_minor"] = intake.gross->minor;
    body["currency"] = intake.gross->currency.code();
  }
  if (intake.kept) {
    body["kept_minor"] = intake.kept->minor;
    body["currency"] = intake.kept->currency.code();
  }
  if (intake.cancelled_hours) body["cancelled_hours"] = intake.cancelled_hours->text();
  json::object approved;
  for (const auto& [member, theirs] : intake.approved_hours)
    approved[member.text()] =
        json::object{{"hours", theirs.hours.text()}, {"role", theirs.role.text()}};
  if (!approved.empty()) body["approved_hours"] = std::move(approved);
  return base::to_text(body);
}

Result<Loaded<Intake>> load_intake(const ports::OwnerStore& store,
                                   const domain::CharterId& charter) {
  auto loaded = TRY(load<Intake>(store, intake_place(charter), intake_from));
  return loaded ? *std::move(loaded) : Loaded<Intake>{};
}

json::object json_of(const domain::Settlement& settlement) {
  json::array lines;
  for (const domain::PayLine& line : settlement.pay) {
    json::object one{{"kind", "pay"},
                     {"role", line.role.text()},
                     {"member", line.member.text()},
                     {"hours", line.hours},
                     {"rate", domain::text_of(line.rate)},
                     {"amount", domain::text_of(line.amount)}};
    if (line.paid_by_channel) one["paid_by"] = "channel";
    if (line.hours_approved) one["hours_from"] = "approved";
    lines.push_back(one);
  }
  for (const domain::FeeLine& line : settlement.fees)
    lines.push_back(json::object{{"kind", "fee"},
                                 {"name", line.name},
                                 {"percent", line.percent.text()},
                                 {"amount", domain::text_of(line.amount)}});
  json::object body{{"gross", amount_or_null(settlement.gross)},
                    {"currency", settlement.currency.code()},
                    {"lines", lines},
                    {"net", amount_or_null(settlement.net)}};
  if (settlement.net_if_channel_pays)
    body["net_if_channel_pays"] = domain::text_of(*settlement.net_if_channel_pays);
  return body;
}

json::object record_of(const domain::Settlement& settlement, domain::Revision revision) {
  json::object body = json_of(settlement);
  body["revision"] = revision;
  return body;
}

}  // namespace app
