#include "app/photo_jobs.h"

#include "base/text.h"

namespace app {

domain::Job photo_job(const domain::Photo& photo) {
  domain::Job job;
  job.id =
      domain::JobId(photo.charter.text() + "." +
                    std::string(domain::name_of(domain::JobKind::photo)) + "." + photo.id.text());
  job.kind = domain::JobKind::photo;
  job.charter = photo.charter;
  job.to = photo.filename;
  job.planned_at = photo.asked_at;
  job.due_at = photo.form_expires_at + photo_upload_takes;
  return job;
}

std::optional<domain::PhotoId> photo_of(const domain::JobId& job) {
  const auto parts = base::split(job.text(), '.');
  if (parts.size() != 4 || domain::kind_of(job) != domain::JobKind::photo) return std::nullopt;
  return domain::PhotoId(std::string(parts[3]));
}

}  // namespace app
