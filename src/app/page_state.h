// page_state: whether a mail may link to a charter's guest page.
#pragma once

#include "domain/charter.h"

#include "ports/tenant_store.h"

namespace app {

enum class PageState { published, coming };

// unavailable: it was not published, and no job is planned that will.
base::Result<PageState> page_state(const ports::TenantStore& store, const domain::Charter& charter);

}  // namespace app
