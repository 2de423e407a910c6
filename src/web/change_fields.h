// What changes of charters and events have in common: the facts that owner and crew system can both
// change, the revision that is meant, and the answers when nothing was changed. No money.
#pragma once

#include <string>

#include "base/json.h"

#include "app/change_event.h"

#include "web/calls.h"

namespace web {

domain::Change read_shared_change(base::Fields& fields);
// The body of PATCH /events/{id}. Errors: malformed (no JSON), invalid with a fault for each field.
base::Result<app::EventChange> read_event_change(std::string_view body);

// The revision that If-Match names: "3", quoted. Errors: invalid, field If-Match; code
// precondition_required when it is missing.
inline constexpr const char* precondition_required = "precondition-required";
base::Result<domain::Revision> meant_revision(const base::RequestHead& head);

// The same as an ETag says it.
std::string revision_tag(const domain::Charter& charter);

// The problem of a change that was not made: 428; 412, with the revision that is there now as its
// ETag; or as any.
base::Response change_refusal(const app::Operations& store, const domain::CharterId& charter,
                              const base::Error& error);

}  // namespace web
