#include "web/call_json.h"

namespace web {

namespace json = base::json;

namespace {

json::object seat_json(const app::SeatStatus& seat) {
  json::object body{{"role", seat.role.text()}, {"state", app::name_of(seat.state)}};
  if (!seat.member.empty()) {
    body["member"] = seat.member.text();
    body["name"] = seat.name;
  }
  if (seat.is_away) body["away"] = true;
  if (seat.answered_at) body["answered_at"] = base::format_utc(*seat.answered_at);
  return body;
}

json::object ask_json(const app::AskStatus& one) {
  json::object body{{"member", one.ask.member.text()},
                    {"name", one.name},
                    {"role", one.ask.role.text()},
                    {"state", domain::name_of(one.ask.state)},
                    {"asked_at", base::format_utc(one.ask.asked_at)},
                    {"until", base::format_utc(one.ask.until)}};
  if (one.ask.ended_at) body["ended_at"] = base::format_utc(*one.ask.ended_at);
  return body;
}

}  // namespace

json::object call_json(const app::CallStatus& status) {
  json::array seats;
  for (const app::SeatStatus& seat : status.seats) seats.push_back(seat_json(seat));
  json::array asks;
  for (const app::AskStatus& one : status.asks) asks.push_back(ask_json(one));
  return {{"seats", std::move(seats)},
          {"asks", std::move(asks)},
          {"deadline", base::format_utc(status.deadline)},
          {"at_risk", status.is_at_risk}};
}

}  // namespace web
