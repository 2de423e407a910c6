// The job that stands on the receipt for each promised photo: done when the photo is received, gone
// when it never came; once more when the photo is removed.
#pragma once

#include <optional>

#include "domain/job.h"
#include "domain/photo.h"

#include "app/job_record.h"

namespace app {

// The longest that an upload begun with a living form may take.
inline constexpr std::chrono::hours photo_upload_takes{1};

// "{charter}.photo.{photo}", due when the form has expired and an upload begun before is over.
domain::Job photo_job(const domain::Photo& photo);
domain::JobId photo_job_id(const domain::CharterId& charter, const domain::PhotoId& photo);
// The same for a photo that is removed, where there is none.
domain::Job photo_removal_job(const domain::CharterId& charter, const domain::PhotoId& photo,
                              base::Instant now);
std::optional<domain::PhotoId> photo_of(const domain::JobId& job);

}  // namespace app
