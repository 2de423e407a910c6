#include "app/crew_record.h"

#include <algorithm>

#include "domain/tenant.h"

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::CharterId;
using domain::MemberId;

namespace {

constexpr std::string_view answer_prefix = "answer/";
constexpr std::string_view tick_prefix = "tick/";
// Everybody who ever answered, and every item of both lists.
constexpr std::size_t answers_max = domain::members_max;
constexpr std::size_t ticks_max = 2 * domain::checklist_items_max;

}  // namespace

ports::Place answer_place(const CharterId& charter, const MemberId& member) {
  return {charter_partition(charter), std::string(answer_prefix) + member.text()};
}

std::string encoded(const GivenAnswer& answer) {
  json::object body{{"answer", domain::name_of(answer.answer)}};
  if (answer.answer != domain::Answer::none) body["at"] = base::format_utc(answer.at);
  if (!answer.deed.empty()) body["deed"] = answer.deed.text();
  body["to"] = answer.to;
  if (!answer.meant.empty()) body["meant"] = answer.meant;
  return base::to_text(body);
}

GivenAnswer answer_from(const json::object& body) {
  return {domain::answer_from(text_at(body, "answer")).value_or(domain::Answer::none),
          instant_at(body, "at"),
          std::max<domain::Revision>(static_cast<domain::Revision>(number_at(body, "to")), 1),
          text_at(body, "meant"), domain::DeedId(text_at(body, "deed"))};
}

std::string meant_by(const domain::Charter& charter, const domain::Slot& slot) {
  return base::format_utc(charter.starts.utc) + '/' + base::format_utc(charter.ends.utc) + '/' +
         charter.vessel.text() + '/' + slot.role.text() + '/' + charter.dock;
}

domain::Answer standing_answer(const domain::Charter& charter, const domain::Slot& slot,
                               const std::map<MemberId, GivenAnswer>& answers) {
  const auto found = answers.find(slot.member);
  if (found == answers.end()) return domain::Answer::none;
  const GivenAnswer& given = found->second;
  // What went and came back before anybody was told is what was answered to.
  const bool counts = given.to >= slot.asked || given.meant == meant_by(charter, slot);
  return counts ? given.answer : domain::Answer::none;
}

Result<std::optional<Loaded<GivenAnswer>>> answer_of(const ports::TenantStore& store,
                                                     const CharterId& charter,
                                                     const MemberId& member) {
  return load<GivenAnswer>(store, answer_place(charter, member), answer_from);
}

Result<std::map<MemberId, GivenAnswer>> answers_of(const ports::TenantStore& store,
                                                   const CharterId& charter) {
  std::map<MemberId, GivenAnswer> answers;
  for (const ports::Stored& stored :
       TRY(store.scan(charter_partition(charter), ports::starting_with(std::string(answer_prefix)),
                      answers_max)))
    answers[MemberId(stored.sort.substr(answer_prefix.size()))] = answer_from(TRY(body_of(stored)));
  return answers;
}

ports::Place tick_place(const CharterId& charter, const std::string& item) {
  return {charter_partition(charter), std::string(tick_prefix) + item};
}

std::string encoded(const Tick& tick) {
  json::object body{{"done", tick.done}, {"by", tick.by.text()}, {"at", base::format_utc(tick.at)}};
  if (!tick.deed.empty()) body["deed"] = tick.deed.text();
  return base::to_text(body);
}

Tick tick_from(const json::object& body) {
  return {flag_at(body, "done"), MemberId(text_at(body, "by")), instant_at(body, "at"),
          domain::DeedId(text_at(body, "deed"))};
}

Result<std::map<std::string, Tick>> ticks_of(const ports::TenantStore& store,
                                             const CharterId& charter) {
  std::map<std::string, Tick> ticks;
  for (const ports::Stored& stored : TRY(store.scan(
           charter_partition(charter), ports::starting_with(std::string(tick_prefix)), ticks_max)))
    ticks[stored.sort.substr(tick_prefix.size())] = tick_from(TRY(body_of(stored)));
  return ticks;
}

}  // namespace app
