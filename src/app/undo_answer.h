// What undoing an answer changes besides the record of the answer: the person's time, and whose the
// seat is. For undo_deed, which commits.
#pragma once

#include "app/audit.h"

namespace app {

inline constexpr std::string_view answered_call = "answer_call";
inline constexpr std::string_view answered_ask = "answer_ask";

// Requires: the deed is one of the two, of a charter. Errors: conflict, code "busy", when who said
// no crews another trip now; code "changed-since", when who said yes is not aboard any more.
base::Result<void> follow_undone_answer(const ports::TenantStore& store, ports::Changes& changes,
                                        const World& world, const domain::CharterId& charter,
                                        const Deed& deed);

}  // namespace app
