#include "web/crew_pages.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/text.h"

#include "domain/job.h"

#include "app/answer_ask.h"
#include "app/ask_page.h"
#include "app/charter_record.h"
#include "app/crew_hours.h"
#include "app/crew_hours_view.h"
#include "app/crew_page.h"
#include "app/hours_record.h"
#include "app/render_ask_page.h"
#include "app/render_availability.h"
#include "app/render_crew_page.h"
#include "app/render_message_pages.h"
#include "app/tick_item.h"

#include "web/guards.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using base::Result;

namespace {

constexpr std::string_view cookie_attributes =
    "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax";

// This charter's pass first, then those the browser held before.
std::string cookie_value(const PublicCall& call, const app::CrewMate& mate) {
  const std::string fresh = domain::token_for(call.world.server_key, call.store.tenant(), mate.pass,
                                              domain::TokenUse::crew_cookie);
  std::vector<std::string> tokens = crew_tokens(call.request.head);
  std::erase(tokens, fresh);
  tokens.insert(tokens.begin(), fresh);
  tokens.resize(std::min(tokens.size(), crew_cookie_passes_max));
  return base::joined(tokens, ".");
}

bool is_form(const base::RequestHead& head) {
  const std::string type = base::lowered(head.header("Content-Type").value_or(""));
  return type.starts_with("application/x-www-form-urlencoded");
}

// What a crew's POST carries, as JSON or as a form's fields: {"done": true} is done=true. Absent
// ones are empty; names: the known ones, of which the first is required.
Result<std::map<std::string, std::string>> read_values(const CrewCall& call,
                                                       const std::vector<std::string>& names) {
  std::map<std::string, std::string> values;
  if (is_form(call.request.head)) {
    const auto form = base::parse_form(call.request.body);
    if (!form) return base::malformed("The form cannot be read");
    for (const base::Header& field : *form) {
      if (std::ranges::find(names, field.name) == names.end())
        return base::invalid(std::string(base::cut_utf8(field.name, 64)), "is not a known field");
      if (!values.emplace(field.name, field.value).second)
        return base::invalid(field.name, "is given twice");
    }
    if (!values.contains(names.front())) return base::invalid(names.front(), "is required, once");
    return values;
  }
  const json::object object = TRY(base::parse_json_object(call.request.body));
  std::vector<base::Fault> faults;
  base::Fields fields(object, faults);
  for (const std::string& name : names) {
    const json::value* given = object.if_contains(name);
    if (given && given->is_bool())
      values[name] = fields.boolean(name).value_or(false) ? "true" : "false";
    else if (given && given->is_int64())
      values[name] = std::to_string(fields.integer(name, 0, 1'000'000'000).value_or(0));
    else if (given || name == names.front())
      values[name] = fields.required_text(name, {10, false, false});
  }
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return values;
}

Response answered(const CrewCall& call, json::object body) {
  if (is_form(call.request.head)) return redirect(303, "/charters/" + call.mate.charter.text());
  return json_reply(200, std::move(body));
}

// refused: what the reader has just sent of their hours could not be taken.
Response crew_page_reply(const CrewCall& call, const std::optional<base::Error>& refused) {
  auto view =
      WEB_TRY(app::crew_page(call.store, call.mate.charter, call.mate.member, call.world.now()));
  view.read_at = base::at(call.world.now(), view.starts.zone);
  view.hours = WEB_TRY(app::crew_hours_view(call.store, call.world, call.mate));
  if (refused && view.hours) view.hours->refusal = refused->message;
  return html_reply(refused ? status_of(*refused) : 200, app::render_crew_page(view));
}

bool is_asked(const CrewCall& call) {
  return call.mate.standing == app::CrewMate::Standing::asked;
}

Response ask_page_reply(const CrewCall& call, const std::optional<base::Error>& refused) {
  auto view =
      WEB_TRY(app::ask_page(call.store, call.mate.charter, call.mate.member, call.world.now()));
  if (refused) view.refusal = refused->message;
  return html_reply(refused ? status_of(*refused) : 200, app::render_ask_page(view));
}

// A person reads on their page what became of it: it asks again, or says that the seat is taken.
Response answer_refused(const CrewCall& call, const base::Error& error) {
  const bool is_person = is_form(call.request.head);
  if (!is_person || error.kind != base::Kind::conflict) return problem(error);
  if (error.code == app::asked_anew) return answered(call, {});
  return is_asked(call) ? ask_page_reply(call, error) : problem(error);
}

Result<app::HoursDeed> hours_deed(const std::map<std::string, std::string>& values) {
  const std::string& act = values.at("act");
  const auto hours = values.find("hours");
  if (act == "enter") {
    if (hours == values.end()) return base::invalid("hours", "is required");
    const auto number = domain::parse_quarter_hours(hours->second);
    if (!number) return base::invalid("hours", "must be quarter hours, such as 3.25");
    return app::HoursDeed(*number);
  }
  // The field of the form beside the clock's buttons may be sent along, empty.
  if (hours != values.end() && !hours->second.empty())
    return base::invalid("hours", "the clock takes no hours");
  if (act == "clock_in") return app::HoursDeed(app::ClockIn{});
  if (act == "clock_out") return app::HoursDeed(app::ClockOut{});
  return base::invalid("act", "must be clock_in, clock_out or enter");
}

Result<domain::Hours> say_hours(const CrewCall& call) {
  const auto values = TRY(read_values(call, {"act", "hours"}));
  return app::crew_hours(call.store, call.world, call.mate, TRY(hours_deed(values)));
}

}  // namespace

Response open_magic_link(const PublicCall& call) {
  const auto mate = app::prove_pass(call.store, call.world, call.path.find("token")->second,
                                    domain::TokenUse::magic_link);
  if (!mate) {
    const base::Error error = counted(call, mate.error());
    const bool waits = error.kind == base::Kind::limited;
    if (!waits && error.kind != base::Kind::unauthenticated) return problem(error);
    // Whoever has to wait reads the same: their link would be no better in a minute.
    Response response =
        html_reply(waits ? 429 : 404, app::render_message_page(app::MessagePage::dead_link));
    ask_to_wait(response, call, error);
    return response;
  }
  const bool is_of_trip = mate->charter != domain::roster_of(call.store.tenant());
  Response response = redirect(303, is_of_trip ? "/charters/" + mate->charter.text()
                                               : std::string(app::availability_address));
  response.set("Set-Cookie", std::string(crew_cookie) + "=" + cookie_value(call, *mate) +
                                 std::string(cookie_attributes));
  return response;
}

Response get_crew_page(const CrewCall& call) {
  if (is_asked(call)) return ask_page_reply(call, std::nullopt);
  return crew_page_reply(call, std::nullopt);
}

Response post_answer(const CrewCall& call) {
  const auto values = WEB_TRY(read_values(call, {"answer", "asked", "role"}));
  const std::string& value = values.at("answer");
  const auto answer = domain::answer_from(value);
  if (!answer) return problem(base::invalid("answer", "must be yes or no"));
  app::AnswerSaid said{*answer};
  if (const auto asked = values.find("asked"); asked != values.end()) {
    const auto revision = base::parse_unsigned(asked->second);
    if (!revision || *revision > std::numeric_limits<domain::Revision>::max())
      return problem(base::invalid("asked", "must be a revision"));
    said.asked = static_cast<domain::Revision>(*revision);
  }
  if (const auto role = values.find("role"); role != values.end())
    said.role = domain::Role(role->second);
  const auto done = app::answer_call(call.store, call.world, call.mate, said);
  if (!done) return answer_refused(call, done.error());
  return answered(call, {{"answer", value}});
}

Response post_tick(const CrewCall& call) {
  const std::string value = WEB_TRY(read_values(call, {"done"})).at("done");
  if (value != "true" && value != "false")
    return problem(base::invalid("done", "must be true or false"));
  const std::string& item = call.path.find("item")->second;
  const bool done = value == "true";
  WEB_TRY(app::tick_item(call.store, call.world, call.mate, item,
                         done ? app::Done::yes : app::Done::no));
  return answered(call, {{"item", item}, {"done", done}});
}

Response post_hours(const CrewCall& call) {
  const auto hours = say_hours(call);
  if (hours) {
    const auto charter = WEB_TRY(app::load_charter(call.store, call.mate.charter));
    return answered(call, app::hours_said(*hours, charter ? charter->value.starts.zone : "UTC"));
  }
  const base::Kind kind = hours.error().kind;
  const bool is_told = kind == base::Kind::conflict || kind == base::Kind::invalid;
  // A person reads on their page why not.
  if (is_told && is_form(call.request.head) && prefers_html(call.request.head))
    return crew_page_reply(call, hours.error());
  return problem(hours.error());
}

}  // namespace web
