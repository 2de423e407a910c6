#include "app/ask_record.h"

#include "base/text.h"

#include "domain/job.h"

#include "app/charter_record.h"
#include "app/job_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Ask;
using domain::CharterId;
using domain::MemberId;

namespace {

json::object json_of(const Ask& ask) {
  json::object body{{"member", ask.member.text()},
                    {"role", ask.role.text()},
                    {"pass", ask.pass.text()},
                    {"revision", ask.revision},
                    {"meant", ask.meant},
                    {"asked_at", base::format_utc(ask.asked_at)},
                    {"until", base::format_utc(ask.until)},
                    {"state", domain::name_of(ask.state)}};
  if (ask.ended_at) body["ended_at"] = base::format_utc(*ask.ended_at);
  return body;
}

Ask ask_from(const json::object& body) {
  return {MemberId(text_at(body, "member")),
          domain::Role(text_at(body, "role")),
          domain::PassId(text_at(body, "pass")),
          static_cast<domain::Revision>(number_at(body, "revision")),
          text_at(body, "meant"),
          instant_at(body, "asked_at"),
          instant_at(body, "until"),
          domain::ask_state_from(text_at(body, "state")).value_or(domain::AskState::withdrawn),
          optional_instant_at(body, "ended_at")};
}

KeptAsk kept_from(const json::object& body) {
  KeptAsk kept{ask_from(body), domain::DeedId(text_at(body, "deed"))};
  for (const json::value& one : list_at(body, "earlier"))
    if (one.is_object()) kept.earlier.push_back(ask_from(one.get_object()));
  return kept;
}

CallRecord call_from(const json::object& body) {
  CallRecord call{
      static_cast<std::uint32_t>(number_at(body, "round")), {}, flag_at(body, "told_at_risk")};
  for (const json::value& role : list_at(body, "nobody_left"))
    if (role.is_string()) call.nobody_left.emplace(std::string(role.get_string()));
  return call;
}

}  // namespace

ports::Place ask_place(const CharterId& charter, const MemberId& member) {
  return {charter_partition(charter), std::string(ask_prefix) + member.text()};
}

std::string encoded(const KeptAsk& kept) {
  json::object body = json_of(kept.ask);
  if (!kept.deed.empty()) body["deed"] = kept.deed.text();
  json::array earlier;
  for (const Ask& one : kept.earlier) earlier.push_back(json_of(one));
  if (!earlier.empty()) body["earlier"] = std::move(earlier);
  return base::to_text(body);
}

KeptAsk followed_by(const KeptAsk& before, Ask ask, domain::DeedId deed) {
  KeptAsk after{std::move(ask), std::move(deed), before.earlier};
  if (before.ask.state != domain::AskState::waiting) after.earlier.push_back(before.ask);
  if (after.earlier.size() > earlier_asks_max) after.earlier.erase(after.earlier.begin());
  return after;
}

Result<std::optional<Loaded<KeptAsk>>> load_ask(const ports::TenantStore& store,
                                                const CharterId& charter, const MemberId& member) {
  return load<KeptAsk>(store, ask_place(charter, member), kept_from);
}

Result<std::vector<Loaded<KeptAsk>>> asks_of(const ports::TenantStore& store,
                                             const CharterId& charter) {
  std::vector<Loaded<KeptAsk>> asks;
  for (const ports::Stored& stored :
       TRY(store.scan(charter_partition(charter), ports::starting_with(std::string(ask_prefix)),
                      domain::members_max)))
    asks.push_back({kept_from(TRY(body_of(stored))), stored.version});
  return asks;
}

std::set<MemberId> declined_in(const domain::Charter& charter,
                               const std::map<MemberId, GivenAnswer>& answers) {
  std::set<MemberId> declined;
  for (const domain::Slot& slot : charter.crew)
    if (standing_answer(charter, slot, answers) == domain::Answer::no) declined.insert(slot.member);
  return declined;
}

ports::Place call_place(const CharterId& charter) {
  return {charter_partition(charter), "call"};
}

std::string encoded(const CallRecord& call) {
  json::array left;
  for (const domain::Role& role : call.nobody_left) left.emplace_back(role.text());
  json::object body{{"round", call.round}, {"nobody_left", std::move(left)}};
  if (call.told_at_risk) body["told_at_risk"] = true;
  return base::to_text(body);
}

Result<Loaded<CallRecord>> load_call(const ports::TenantStore& store, const CharterId& charter) {
  auto loaded = TRY(load<CallRecord>(store, call_place(charter), call_from));
  return loaded ? *std::move(loaded) : Loaded<CallRecord>{};
}

void owe_look(ports::Changes& changes, const domain::Charter& charter,
              const Loaded<CallRecord>& before, CallRecord after, base::Instant now,
              base::Instant due) {
  after.round = before.value.round + 1;
  changes.put(call_place(charter.id), before.version, encoded(after));
  domain::Job job;
  job.id = domain::job_id_for(charter.id, domain::JobKind::fill_seats, after.round);
  job.kind = domain::JobKind::fill_seats;
  job.charter = charter.id;
  job.revision = charter.revision;
  job.to = "seats";
  job.planned_at = now;
  job.due_at = due;
  plan(changes, std::move(job));
}

Result<void> owe_look(const ports::TenantStore& store, ports::Changes& changes,
                      const domain::Charter& charter, base::Instant now) {
  const auto call = TRY(load_call(store, charter.id));
  owe_look(changes, charter, call, call.value, now, now);
  return {};
}

std::uint32_t round_of(const domain::JobId& job) {
  const auto parts = base::split(job.text(), '.');
  const auto round = parts.size() == 4 ? base::parse_unsigned(parts[3]) : std::nullopt;
  return static_cast<std::uint32_t>(round.value_or(0));
}

}  // namespace app
