// The owner's calendar: charters, holds and maintenance; and the owner's feed.
#pragma once

#include "web/calls.h"

namespace web {

base::Response post_calendar(const OwnerCall& call);
base::Response get_calendar(const OwnerCall& call);
base::Response get_calendar_key(const OwnerCall& call);
base::Response delete_calendar_entry(const OwnerCall& call);
base::Response get_calendar_feed(const FeedCall& call);

}  // namespace web
