#include "app/notify_crew.h"

#include <deque>

#include "app/call_crew.h"
#include "app/job_record.h"
#include "app/run_job.h"

namespace app {

namespace {

class MailLine final : public JobLine {
 public:
  MailLine(const std::vector<domain::Job>& jobs, const std::function<bool()>& has_time)
      : has_time_(has_time) {
    for (const domain::Job& job : jobs)
      if (job.kind == domain::JobKind::crew_mail && job.state == domain::JobState::planned)
        waiting_.push_back(job.id);
  }
  std::optional<domain::JobId> next() override {
    if (waiting_.empty() || !has_time_()) return std::nullopt;
    domain::JobId job = std::move(waiting_.front());
    waiting_.pop_front();
    return job;
  }
  void ended(const domain::JobId& /*job*/) override {}

 private:
  const std::function<bool()>& has_time_;
  std::deque<domain::JobId> waiting_;
};

}  // namespace

base::Result<void> notify_crew(const JobDesk& desk, const ports::CrewAnnouncement& announcement,
                               const std::function<bool()>& has_time) {
  const auto store = desk.installation.operations(announcement.tenant);
  TRY(call_crew(store, desk.world, announcement));
  const auto jobs = TRY(jobs_of(store, announcement.charter));
  MailLine line(jobs, has_time);
  run_jobs(desk, line);
  return {};
}

}  // namespace app
