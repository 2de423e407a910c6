#include "app/call_crew.h"

#include <algorithm>

#include "app/ask_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/pass_record.h"
#include "app/plan_jobs.h"
#include "app/tell.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

constexpr std::size_t pass_id_bytes = 10;

// Each takes six changes at most; what is left over is planned by the next round.
constexpr std::size_t people_per_commit_max = 16;

struct Call {
  const ports::TenantStore& store;
  const World& world;
  domain::Charter charter;
  domain::Tenant tenant;
  std::vector<domain::Job> jobs;
  // Of the mails: newer facts than the announcement's are what is told.
  domain::Revision revision;
};

bool is_aboard(const domain::Charter& charter, const domain::MemberId& member) {
  return std::ranges::find(charter.crew, member, &domain::Slot::member) != charter.crew.end();
}

// That they are no longer aboard: sent, and nothing in it holds.
bool is_sent_farewell(const domain::Charter& charter, const domain::Job& mail) {
  return mail.state == domain::JobState::done && mail.told.empty() && !charter.is_cancelled();
}

// A mail of the newest facts is theirs, whatever came of it; unless the last one said farewell.
bool knows_all(const domain::Charter& charter, const std::vector<domain::Job>& mails) {
  const auto last = std::ranges::max_element(mails, {}, &domain::Job::revision);
  return last != mails.end() && last->revision >= charter.facts_revision &&
         !is_sent_farewell(charter, *last);
}

// To a trip that is cancelled nobody is called; whoever was before may have to hear of it.
bool knows_the_end(const domain::Charter& charter, const std::vector<domain::Job>& mails) {
  return mails.empty() || knows_all(charter, mails);
}

void plan_mail(ports::Changes& changes, const Call& call, const domain::Member& member,
               base::Instant due_at) {
  domain::Job mail =
      crew_mail_job(call.charter, call.revision, member.id, member.email, call.world.now());
  mail.due_at = due_at;
  plan(changes, std::move(mail));
}

// What somebody aboard has not been told yet.
enum class Owed { nothing, call, news, end };

Result<Owed> owed_to(const ports::TenantStore& store, const domain::Charter& charter,
                     const domain::MemberId& member, const std::vector<domain::Job>& mails) {
  const bool is_called = TRY(find_called(store, charter.id, member)).has_value();
  if (is_called) return knows_all(charter, mails) ? Owed::nothing : Owed::news;
  if (!charter.is_cancelled()) return Owed::call;
  return knows_the_end(charter, mails) ? Owed::nothing : Owed::end;
}

// Somebody new gets a pass and a mail; whoever was called before gets one when newer facts than
// their last mail's are there.
Result<bool> call_one(ports::Changes& changes, const Call& call, const domain::Member& member) {
  const base::Instant now = call.world.now();
  const auto mails = mails_of(call.jobs, member.id);
  const Owed owed = TRY(owed_to(call.store, call.charter, member.id, mails));
  if (owed == Owed::nothing) return false;
  if (owed == Owed::call) {
    const domain::Pass pass{domain::PassId(call.world.random_text(pass_id_bytes)), call.charter.id,
                            member.id};
    changes.put(pass_place(pass.id), ports::absent, encoded(pass));
    changes.put(called_place(pass.charter, pass.member), ports::absent, encoded_called(pass.id));
  }
  plan_mail(changes, call, member,
            owed == Owed::news ? time_to_tell(call.charter, mails, now) : now);
  return true;
}

// said: what they had answered; who has answered knows of the trip, mail or no mail.
void plan_farewell(ports::Changes& changes, const Call& call, const domain::MemberId& id,
                   domain::Answer said) {
  const auto mails = mails_of(call.jobs, id);
  const domain::Member* member = call.tenant.member(id);
  const bool knows = !mails.empty() || (member && said != domain::Answer::none);
  if (!knows) return;
  const std::string& address = mails.empty() ? member->email : mails.back().to;
  domain::Job farewell = crew_mail_job(call.charter, call.revision, id, address, call.world.now());
  farewell.due_at = time_to_tell(call.charter, mails, call.world.now());
  if (said != domain::Answer::none) farewell.about = domain::name_of(said);
  // Their link is dead by now: should they come back before it leaves, they need another.
  farewell.told = told_something;
  const bool is_planned = std::ranges::find(mails, farewell.id, &domain::Job::id) != mails.end();
  if (!is_planned) plan(changes, std::move(farewell));
}

// Whoever is no longer aboard: their pass ends, and they are told.
Result<bool> dismiss_one(ports::Changes& changes, const Call& call, const Called& called) {
  changes.remove(called_place(call.charter.id, called.member), called.version);
  // Who is asked for a seat again meanwhile answers by the same link.
  const auto ask = TRY(load_ask(call.store, call.charter.id, called.member));
  const bool is_asked = ask && ask->value.ask.state == domain::AskState::waiting &&
                        ask->value.ask.pass == called.pass;
  changes.check(ask_place(call.charter.id, called.member), ask ? ask->version : ports::absent);
  const auto pass = TRY(load_pass(call.store, called.pass));
  if (pass && !is_asked) changes.remove(pass_place(called.pass), pass->version);
  // Should they come back, they are asked like anybody else.
  const auto given = TRY(answer_of(call.store, call.charter.id, called.member));
  if (given) changes.remove(answer_place(call.charter.id, called.member), given->version);
  plan_farewell(changes, call, called.member, given ? given->value.answer : domain::Answer::none);
  return true;
}

enum class Round { complete, more };

Result<Round> call_once(const ports::TenantStore& store, const World& world,
                        const ports::CrewAnnouncement& announcement) {
  const auto loaded = TRY(load_charter(store, announcement.charter));
  if (!loaded) return base::not_found("There is no such charter");
  auto tenant = TRY(load_tenant(store));
  auto jobs = TRY(jobs_of(store, announcement.charter));
  const Call call{store,           world,
                  loaded->value,   std::move(tenant.value),
                  std::move(jobs), std::max(announcement.revision, loaded->value.facts_revision)};
  auto changes = store.changes();
  changes.check(charter_place(announcement.charter), loaded->version);
  std::size_t people = 0;
  for (const domain::Slot& slot : call.charter.crew) {
    if (people == people_per_commit_max) break;
    if (const domain::Member* member = call.tenant.member(slot.member))
      people += TRY(call_one(changes, call, *member)) ? 1U : 0U;
  }
  for (const Called& called : TRY(called_of(store, announcement.charter))) {
    if (people == people_per_commit_max) break;
    if (is_aboard(call.charter, called.member)) continue;
    people += TRY(dismiss_one(changes, call, called)) ? 1U : 0U;
  }
  if (people == 0) return Round::complete;
  TRY(store.commit(changes));
  return people == people_per_commit_max ? Round::more : Round::complete;
}

}  // namespace

Result<bool> is_crew_called(const ports::TenantStore& store, const domain::CharterId& charter) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return true;
  const auto jobs = TRY(jobs_of(store, charter));
  const auto tenant = TRY(load_tenant(store));
  for (const domain::Slot& slot : loaded->value.crew) {
    if (!tenant.value.member(slot.member)) continue;
    const auto mails = mails_of(jobs, slot.member);
    if (TRY(owed_to(store, loaded->value, slot.member, mails)) != Owed::nothing) return false;
  }
  const auto called = TRY(called_of(store, charter));
  return std::ranges::all_of(
      called, [&](const Called& one) { return is_aboard(loaded->value, one.member); });
}

Result<void> call_crew(const ports::TenantStore& store, const World& world,
                       const ports::CrewAnnouncement& announcement) {
  Round round = Round::more;
  while (round == Round::more)
    round = TRY(decide([&] { return call_once(store, world, announcement); }));
  return {};
}

}  // namespace app
