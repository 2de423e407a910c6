#include "app/run_job.h"

#include "base/crash_point.h"
#include "base/log.h"

#include "app/announce_call.h"
#include "app/check_photo.h"
#include "app/job_record.h"
#include "app/publish_guest_page.h"
#include "app/send_crew_mail.h"
#include "app/send_guest_mail.h"
#include "app/settle_charter.h"

namespace app {

using base::Result;
using domain::Job;
using domain::JobKind;
using domain::JobState;

namespace {

// nullopt: not ours to run now: done, leased to another, not due, or unknown.
Result<std::optional<Loaded<Job>>> claim(const ports::TenantStore& store, const World& world,
                                         const domain::JobId& id) {
  const auto found = TRY(load_job(store, id));
  const base::Instant now = world.now();
  if (!found || found->value.state != JobState::planned || found->value.due_at > now)
    return std::optional<Loaded<Job>>{};
  Job leased = found->value;
  leased.attempts += 1;
  leased.due_at = std::chrono::floor<std::chrono::seconds>(now) + domain::job_lease;
  auto changes = store.changes();
  replan(changes, *found, leased);
  auto committed = store.commit(changes);
  if (!committed && committed.error().kind == base::Kind::conflict)
    return std::optional<Loaded<Job>>{};
  TRY(committed);
  return std::optional(Loaded<Job>{leased, found->version + 1});
}

Result<JobOutcome> perform(const JobDesk& desk, const Job& job) {
  const domain::TenantId tenant = domain::tenant_of(job.id).value_or(domain::TenantId());
  const auto store = desk.installation.operations(tenant);
  switch (job.kind) {
    case JobKind::guest_page:
      return publish_guest_page(store, desk, job);
    case JobKind::crew_call:
      return announce_call(store, desk, job);
    case JobKind::crew_mail:
      return send_crew_mail(store, desk, job);
    case JobKind::guest_mail:
      return send_guest_mail(store, desk, job);
    case JobKind::settle:
      return settle_charter(desk.installation.owner(tenant), job);
    case JobKind::photo:
      return check_photo(store, desk, job);
  }
  return base::internal("a job of an unknown kind");
}

// A control of tests/faults: the outside world hears of a job before its claim is durable.
Result<JobOutcome> perform_unclaimed(const JobDesk& desk, const ports::TenantStore& store,
                                     const domain::JobId& id) {
  const auto found = TRY(load_job(store, id));
  if (!found || found->value.state != JobState::planned) return JobOutcome::wait;
  return perform(desk, found->value);
}

// The one mapping from what a job met to retry or give up.
bool worth_another_try(base::Kind kind) {
  return kind == base::Kind::unavailable || kind == base::Kind::internal ||
         kind == base::Kind::conflict || kind == base::Kind::limited;
}

void end(Job& job, JobState state, base::Instant now) {
  job.state = state;
  job.finished_at = now;
  job.due_at = now;
}

Job after(const Job& leased, const Result<JobOutcome>& outcome, const World& world) {
  Job job = leased;
  const base::Instant now = world.now();
  if (outcome) {
    job.last_error.clear();
    if (*outcome == JobOutcome::done) end(job, JobState::done, now);
    if (*outcome == JobOutcome::stale) end(job, JobState::stale, now);
    if (*outcome == JobOutcome::wait) {
      job.attempts -= 1;
      job.due_at = now + domain::job_wait_for_page;
    }
    return job;
  }
  job.last_error = outcome.error().message;
  if (!worth_another_try(outcome.error().kind) || job.attempts >= domain::job_attempts_max)
    end(job, JobState::failed, now);
  else
    job.due_at = now + domain::backoff_after(
                           job.attempts, static_cast<unsigned char>(world.entropy->bytes(1)[0]));
  return job;
}

Result<void> record(const ports::TenantStore& store, const Loaded<Job>& leased, const Job& job,
                    const Result<JobOutcome>& outcome) {
  auto changes = store.changes();
  if (outcome && *outcome == JobOutcome::void_)
    erase(changes, leased);
  else if (job.state == JobState::planned)
    replan(changes, leased, job);
  else
    finish(changes, leased, job);
  auto committed = store.commit(changes);
  // The lease ran out and another runner has the job: its record is the right one.
  if (!committed && committed.error().kind == base::Kind::conflict) return {};
  return committed;
}

}  // namespace

Result<RunResult> run_job(const JobDesk& desk, const domain::JobId& id) {
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return base::not_found("There is no such job");
  const auto store = desk.installation.operations(*tenant);
  std::optional<Result<JobOutcome>> early;
  if (base::has_fault("send-before-commit")) early = perform_unclaimed(desk, store, id);
  const auto leased = TRY(claim(store, desk.world, id));
  if (!leased) return RunResult::not_due;
  // More tries than the limit were claimed and none came to an end: each runner died over it.
  const bool deadly = leased->value.attempts > domain::job_attempts_max;
  base::crash_point("job.run.before");
  const Result<JobOutcome> outcome =
      early    ? *early
      : deadly ? Result<JobOutcome>(base::internal("The server stopped during each try"))
               : perform(desk, leased->value);
  base::crash_point("job.run.after");
  const Job job = after(leased->value, outcome, desk.world);
  if (!outcome)
    base::log::warning(job.state == JobState::failed ? "job failed" : "job will be tried again",
                       {{"job", id.text()}, {"reason", job.last_error}});
  TRY(record(store, *leased, job, outcome));
  return RunResult::ran;
}

}  // namespace app
