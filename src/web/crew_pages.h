// The crew site for people: the magic link, the crew page, the answer, the checklist and hours.
// GET and HEAD change nothing and use nothing up, so mail scanners do no harm.
#pragma once

#include "web/calls.h"

namespace web {

base::Response open_magic_link(const PublicCall& call);
base::Response get_crew_page(const CrewCall& call);
base::Response post_answer(const CrewCall& call);
base::Response post_tick(const CrewCall& call);
base::Response post_hours(const CrewCall& call);

}  // namespace web
