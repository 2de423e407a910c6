// mail_artefacts: what each person was told last of a charter, held against what it says now.
#pragma once

#include "app/subject.h"

namespace app {

// One for everybody who was told something, or should have been: crew aboard and dismissed, and the
// guest at the address that the charter names. After the trip nothing is owed any more.
base::Result<Artefacts> mail_artefacts(const Subject& subject);

}  // namespace app
