// The JSON of receipts: jobs, and what tells of a charter.
#pragma once

#include <vector>

#include "base/json.h"

#include "domain/artefact.h"
#include "domain/job.h"

#include "app/check_drift.h"

namespace web {

base::json::array receipt_json(const std::vector<domain::Job>& jobs);
base::json::array artefacts_json(const std::vector<domain::Artefact>& artefacts);
base::json::object report_json(const app::DriftReport& report);

}  // namespace web
