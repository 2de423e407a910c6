#include "app/run_job.h"

#include <utility>

#include "base/crash_point.h"
#include "base/log.h"

#include "app/job_record.h"
#include "app/perform_job.h"

namespace app {

using base::Result;
using domain::Job;
using domain::JobState;

namespace {

using Claimed = std::optional<Loaded<Job>>;

struct Claim {
  Loaded<Job> before;
  Job leased;
  Loaded<Job> committed() const { return {leased, before.version + 1}; }
};

// nullopt: not ours to run now: done, leased to another, not due, or unknown.
Result<std::optional<Claim>> claim_of(const ports::TenantStore& store, const World& world,
                                      const domain::JobId& id) {
  auto found = TRY(load_job(store, id));
  const base::Instant now = world.now();
  if (!found || found->value.state != JobState::planned || found->value.due_at > now)
    return std::optional<Claim>{};
  Claim claim{*std::move(found), {}};
  claim.leased = claim.before.value;
  claim.leased.leased = true;
  claim.leased.attempts += 1;
  claim.leased.due_at = std::chrono::floor<std::chrono::seconds>(now) + domain::job_lease;
  return std::optional(std::move(claim));
}

Result<Claimed> claim(const ports::TenantStore& store, const World& world,
                      const domain::JobId& id) {
  const auto claim = TRY(claim_of(store, world, id));
  if (!claim) return Claimed{};
  auto changes = store.changes();
  replan(changes, claim->before, claim->leased);
  auto committed = store.commit(changes);
  if (!committed && committed.error().kind == base::Kind::conflict) return Claimed{};
  TRY(committed);
  return Claimed(claim->committed());
}

// A control of tests/faults: the outside world hears of a job before its claim is durable.
constexpr const char* send_before_commit = "send-before-commit";

Result<JobResult> perform_unclaimed(const JobDesk& desk, const ports::TenantStore& store,
                                    const domain::JobId& id) {
  const auto found = TRY(load_job(store, id));
  if (!found || found->value.state != JobState::planned) return JobResult(JobOutcome::wait);
  return perform_job(desk, found->value);
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

Job after(const Job& leased, const Result<JobResult>& result, const World& world) {
  Job job = leased;
  job.leased = false;
  const base::Instant now = world.now();
  if (result) {
    job.last_error = result->reason;
    const JobOutcome outcome = result->outcome;
    job.rendered = result->rendered;
    // One that was sent before, and is run again too late, has told what it told.
    if (outcome == JobOutcome::done || !result->told.empty()) job.told = result->told;
    if (!result->about.empty()) job.about = result->about;
    if (outcome == JobOutcome::done) end(job, JobState::done, now);
    if (outcome == JobOutcome::stale) end(job, JobState::stale, now);
    if (outcome == JobOutcome::wait || outcome == JobOutcome::announced ||
        outcome == JobOutcome::later) {
      job.attempts -= 1;
      job.due_at = outcome == JobOutcome::later  ? result->due
                   : outcome == JobOutcome::wait ? now + domain::job_wait_for_page
                                                 : now + domain::job_wait_for_listener;
    }
    return job;
  }
  job.last_error = result.error().message;
  if (!worth_another_try(result.error().kind) || job.attempts >= domain::job_attempts_max)
    end(job, JobState::failed, now);
  else
    job.due_at = now + domain::backoff_after(
                           job.attempts, static_cast<unsigned char>(world.entropy->bytes(1)[0]));
  return job;
}

void add_end(ports::Changes& changes, const Loaded<Job>& leased, const Job& job,
             const Result<JobResult>& result) {
  if (result && result->outcome == JobOutcome::void_)
    erase(changes, leased);
  else if (job.state == JobState::planned)
    replan(changes, leased, job);
  else
    finish(changes, leased, job);
}

// Records the end of one job and, in the same commit, the claim of the next, where that is of the
// same tenant and ours to run.
Result<Claimed> end_and_claim(const ports::TenantStore& store, const World& world,
                              const std::function<void(ports::Changes&)>& add_end_to,
                              const std::optional<domain::JobId>& next) {
  std::optional<Claim> claim;
  if (next && domain::tenant_of(*next) == store.tenant() && !base::has_fault(send_before_commit))
    if (auto found = claim_of(store, world, *next)) claim = *std::move(found);
  auto changes = store.changes();
  add_end_to(changes);
  if (claim) replan(changes, claim->before, claim->leased);
  auto committed = store.commit(changes);
  if (committed) return claim ? Claimed(claim->committed()) : Claimed{};
  if (committed.error().kind != base::Kind::conflict) return std::move(committed).error();
  if (claim) return end_and_claim(store, world, add_end_to, {});
  // The lease ran out and another runner has the job: its record is the right one.
  return Claimed{};
}

// claimed: of this job, when that was done with the end of the one before; afterwards of the next.
Result<RunResult> run_one(const JobDesk& desk, const domain::JobId& id, Claimed& claimed,
                          const std::function<std::optional<domain::JobId>()>& next) {
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return base::not_found("There is no such job");
  const auto store = desk.installation.operations(*tenant);
  std::optional<Result<JobResult>> early;
  if (base::has_fault(send_before_commit)) early = perform_unclaimed(desk, store, id);
  const Claimed leased = claimed ? std::exchange(claimed, {}) : TRY(claim(store, desk.world, id));
  if (!leased) return RunResult::not_due;
  // More tries than the limit were claimed and none came to an end: each runner died over it.
  const bool deadly = leased->value.attempts > domain::job_attempts_max;
  base::crash_point("job.run.before");
  const Result<JobResult> outcome =
      early    ? *early
      : deadly ? Result<JobResult>(base::internal("The server stopped during each try"))
               : perform_job(desk, leased->value);
  base::crash_point("job.run.after");
  const Job job = after(leased->value, outcome, desk.world);
  if (!outcome)
    base::log::warning(job.state == JobState::failed ? "job failed" : "job will be tried again",
                       {{"job", id.text()}, {"reason", job.last_error}});
  claimed = TRY(end_and_claim(
      store, desk.world, [&](ports::Changes& changes) { add_end(changes, *leased, job, outcome); },
      next()));
  return RunResult::ran;
}

}  // namespace

Result<RunResult> run_job(const JobDesk& desk, const domain::JobId& id) {
  Claimed nothing;
  return run_one(desk, id, nothing, [] { return std::optional<domain::JobId>{}; });
}

void run_jobs(const JobDesk& desk, JobLine& line) {
  Claimed claimed;
  for (auto id = line.next(); id;) {
    std::optional<domain::JobId> upcoming;
    bool asked = false;
    const auto ask = [&] {
      asked = true;
      return upcoming = line.next();
    };
    if (const auto ran = run_one(desk, *id, claimed, ask); !ran)
      base::log::error("cannot run a job", {{"job", id->text()}, {"reason", ran.error().message}});
    line.ended(*id);
    id = asked ? std::move(upcoming) : line.next();
  }
}

}  // namespace app
