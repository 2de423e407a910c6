// page_artefacts: a charter's published page, its calendar file and the names that lead to it, held
// against what the charter says now.
#pragma once

#include "app/subject.h"

namespace app {

// None for a charter without a page, and when the page's time is over.
base::Result<Artefacts> page_artefacts(const Subject& subject);

}  // namespace app
