#include "app/preview_messages.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/job_record.h"
#include "app/receipt.h"
#include "app/remind.h"
#include "app/reminder_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Instant;
using base::Result;
using domain::Job;
using domain::JobState;
using domain::Reader;
using domain::Reminder;

namespace {

struct Reading {
  const domain::Charter& charter;
  const domain::Tenant& tenant;
  const std::map<domain::MemberId, GivenAnswer>& answers;
  Instant now;
};

std::string mailbox(const std::string& name, const std::string& address) {
  return name.empty() ? address : name + " <" + address + ">";
}

std::string reader_of(const Job& job, const Reading& reading) {
  if (job.member.empty())
    return mailbox(job.to == reading.charter.guest.email ? reading.charter.guest.name : "", job.to);
  const domain::Member* member = reading.tenant.member(job.member);
  return mailbox(member ? member->name : job.member.text(), job.to);
}

// A reminder that is owed waits where it is quiet.
void place_reminder(Message& message, const Job& job, const Reading& reading) {
  const domain::ReminderRules& rules = reading.tenant.reminders;
  message.before = hours_before(job);
  const auto rule = reminder_now(job, reading.charter, rules);
  message.by_quiet = rule && rule->leaves == domain::Leaves::by_quiet;
  if (job.state != JobState::planned) return;
  const std::string& zone = reading.charter.starts.zone;
  const Instant due = std::max(job.due_at, reading.now);
  const Instant leaves = time_to_leave(reading.charter, rules.civil, due).value_or(due);
  message.leaves = base::at(leaves, zone);
  const bool is_late = rule && leaves > rule->leaves_at;
  message.by_quiet |= is_late && !domain::is_civil(leaves - base::minutes(1), rules.civil, zone);
}

Message message_of(const Job& job, const Reading& reading) {
  Message message;
  message.kind = job.kind;
  message.job = job.id;
  message.to = reader_of(job, reading);
  message.member = job.member;
  message.leaves = base::at(job.finished_at.value_or(job.due_at), reading.charter.starts.zone);
  message.state = job.state;
  message.reason = job.last_error;
  if (is_reminder(job)) place_reminder(message, job, reading);
  return message;
}

// The look that will owe them; none: nobody looks any more, so nothing is ahead.
const Job* look_ahead(const std::vector<Job>& jobs, const domain::Charter& charter) {
  const auto look = std::ranges::find_if(jobs, [&](const Job& job) {
    return job.kind == domain::JobKind::reminders && job.state == JobState::planned &&
           job.revision >= charter.facts_revision && !charter.is_cancelled();
  });
  return look == jobs.end() ? nullptr : &*look;
}

void add(std::vector<Message>& messages, const Job& mail, const Reminder& reminder,
         const Reading& reading) {
  Message message = message_of(mail, reading);
  message.job = {};
  message.by_quiet = reminder.leaves == domain::Leaves::by_quiet;
  message.leaves = base::at(reminder.leaves_at, reading.charter.starts.zone);
  messages.push_back(std::move(message));
}

void add_ahead(std::vector<Message>& messages, const Job& look, const Reminder& reminder,
               const Reading& reading) {
  const domain::Guest& guest = reading.charter.guest;
  if (reminder.reader == Reader::guest) {
    if (reading.charter.has_guest_page() && !guest.email.empty())
      add(messages, guest_reminder_job(look, reminder, guest, reading.now), reminder, reading);
    return;
  }
  for (const domain::Slot& slot : reading.charter.crew) {
    const domain::Member* member = reading.tenant.member(slot.member);
    const auto answer = standing_answer(reading.charter, slot, reading.answers);
    if (!member || answer == domain::Answer::no) continue;
    add(messages, crew_reminder_job(look, reminder, *member, reading.now), reminder, reading);
  }
}

}  // namespace

Result<std::vector<Message>> messages_of(const ports::TenantStore& store, const World& world,
                                         const domain::CharterId& charter) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return base::not_found("There is no such charter");
  const auto tenant = TRY(load_tenant(store));
  const auto answers = TRY(answers_of(store, charter));
  const auto jobs = TRY(jobs_of(store, charter));
  const Reading reading{loaded->value, tenant.value, answers, world.now()};
  std::vector<Message> messages;
  for (const Job& job : with_planned_mails(jobs, loaded->value, tenant.value, reading.now))
    if (domain::is_mail(job.kind)) messages.push_back(message_of(job, reading));
  if (const Job* look = look_ahead(jobs, loaded->value))
    for (const Reminder& reminder :
         domain::reminders_after(since_of(*look), trip_of(loaded->value), tenant.value.reminders))
      add_ahead(messages, *look, reminder, reading);
  std::ranges::stable_sort(messages, {}, [](const Message& one) { return one.leaves.utc; });
  return messages;
}

}  // namespace app
