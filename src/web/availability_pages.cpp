#include "web/availability_pages.h"

#include "base/json.h"
#include "base/text.h"

#include "domain/job.h"

#include "app/availability_page.h"
#include "app/render_availability.h"
#include "app/set_availability.h"

#include "web/guards.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using base::Result;
using domain::DaySaid;
using domain::Sails;

namespace {

bool is_form(const base::RequestHead& head) {
  const std::string type = base::lowered(head.header("Content-Type").value_or(""));
  return type.starts_with("application/x-www-form-urlencoded");
}

Result<std::chrono::year_month_day> day_of(std::string_view text, const std::string& field) {
  auto day = base::parse_date(text);
  if (!day) return base::invalid(field, day.error().message);
  return day;
}

// A day's button sends the day alone, as what it shall be; programs send day and away.
Result<DaySaid> read_form(const std::string& body) {
  const auto form = base::parse_form(body);
  if (!form) return base::malformed("The form cannot be read");
  std::map<std::string, std::string> values;
  for (const base::Header& field : *form) {
    if (field.name != "away_on" && field.name != "free_on" && field.name != "day" &&
        field.name != "away")
      return base::invalid(std::string(base::cut_utf8(field.name, 64)), "is not a known field");
    if (!values.emplace(field.name, field.value).second)
      return base::invalid(field.name, "is given twice");
  }
  if (values.size() == 1)
    for (const auto& [name, sails] :
         {std::pair("away_on", Sails::cannot), std::pair("free_on", Sails::can)})
      if (values.contains(name)) return DaySaid{TRY(day_of(values.at(name), name)), sails};
  if (!values.contains("day")) return base::invalid("day", "is required");
  const auto away = values.find("away");
  if (away == values.end() || (away->second != "true" && away->second != "false"))
    return base::invalid("away", "must be true or false");
  if (values.size() > 2) return base::invalid("day", "is sent with another day");
  const auto day = TRY(day_of(values.at("day"), "day"));
  return DaySaid{day, away->second == "true" ? Sails::cannot : Sails::can};
}

Result<DaySaid> read_json(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  base::Fields fields(object, faults);
  const std::string text = fields.required_text("day", {10, false, false});
  const auto away = fields.boolean("away");
  if (!away && !fields.has("away")) fields.fault("away", "is required");
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  const auto day = TRY(day_of(text, "day"));
  return DaySaid{day, away.value_or(true) ? Sails::cannot : Sails::can};
}

Result<domain::AwayDays> say_day(const MemberCall& call, const Result<DaySaid>& said) {
  if (!said) return said.error();
  return app::set_availability(call.store, call.world,
                               {call.mate.member, *said, "crew " + call.mate.member.text()});
}

// A sentence for a person: most faults are written to stand after a field's name.
std::string sentence_of(const base::Error& error) {
  const std::string& message = error.message;
  const bool lacks_subject = message.starts_with("is ") || message.starts_with("names ");
  return lacks_subject ? "the day " + message : message;
}

// refused: why what the reader has just sent was not noted.
Response page_reply(const MemberCall& call, const std::optional<base::Error>& refused) {
  auto view = WEB_TRY(app::availability_page(call.store, call.world, call.mate.member));
  if (call.mate.charter != domain::roster_of(call.store.tenant())) view.charter = call.mate.charter;
  if (refused) view.refusal = sentence_of(*refused);
  return html_reply(refused ? status_of(*refused) : 200, app::render_availability(view));
}

}  // namespace

Response get_availability(const MemberCall& call) {
  return page_reply(call, std::nullopt);
}

Response post_availability(const MemberCall& call) {
  const bool form = is_form(call.request.head);
  const auto said = form ? read_form(call.request.body) : read_json(call.request.body);
  const auto days = say_day(call, said);
  if (!days) {
    const bool is_told = form && prefers_html(call.request.head);
    if (is_told && days.error().kind == base::Kind::invalid) return page_reply(call, days.error());
    return problem(days.error());
  }
  if (form)
    return redirect(
        303, std::string(app::availability_address) + "#" + app::availability_anchor(said->day));
  return json_reply(200, json::object{{"day", base::format_date(said->day)},
                                      {"away", said->sails == Sails::cannot}});
}

}  // namespace web
