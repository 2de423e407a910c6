// notify_crew: what listens to the crew's topic does: plans a mail for each member of a charter who
// was not asked yet, and sends those that are due. Safe to hear twice. What cannot be sent stays
// planned, and due.
#pragma once

#include "app/job_desk.h"

namespace app {

base::Result<void> notify_crew(const JobDesk& desk, const ports::CrewAnnouncement& announcement);

}  // namespace app
