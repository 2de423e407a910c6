// The JSON of receipts: jobs, and what tells of a charter.
#pragma once

#include <vector>

#include "base/json.h"

#include "domain/artefact.h"
#include "domain/job.h"

#include "app/check_drift.h"
#include "app/receipt.h"

namespace web {

// The whole of it: {"receipt": […], "revision", "artefacts": […], "call": {…}, "checklist": […]}.
base::json::object receipt_json(const app::Receipt& receipt);
base::json::array jobs_json(const std::vector<domain::Job>& jobs);
base::json::array artefacts_json(const std::vector<domain::Artefact>& artefacts);
base::json::object report_json(const app::DriftReport& report);

}  // namespace web
