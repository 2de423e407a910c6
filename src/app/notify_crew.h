// notify_crew: what listens to the crew's topic does: plans a mail for each member of a charter who
// was not asked yet, and sends those that are due. Safe to hear twice. What cannot be sent stays
// planned, and due; so does what no time is left for.
#pragma once

#include <functional>

#include "app/job_desk.h"

namespace app {

// has_time: whether one more mail may begin.
base::Result<void> notify_crew(const JobDesk& desk, const ports::CrewAnnouncement& announcement,
                               const std::function<bool()>& has_time);

}  // namespace app
