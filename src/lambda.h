// lambda: one role of the same router and jobs, called by AWS Lambda through its Runtime API.
//   ops       the owner's site, from API Gateway
//   crew      the crew's and the guests' sites, from API Gateway
//   worker    jobs: from the stream of the due index; {"fairlead":"sweep"} runs whatever is due,
//             {"fairlead":"tidy"} removes old pages
//   notifier  the crew's topic, and what SES tells of mails
//   photos    objects that came into the photos' bucket
// Always: crew, notifier and photos have no way to owner-only records. Settings are the text of
// FAIRLEAD_SETTINGS; what a role needs of them and does not find ends it before its first event.
#pragma once

#include <string>

namespace fairlead {

// role: empty: the function's handler ($_HANDLER). Returns when the platform is gone: an exit code.
int lambda_command(const std::string& role);
// Whether the platform started this process: then there are no arguments.
bool is_started_by_lambda();

}  // namespace fairlead
