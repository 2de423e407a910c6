#include "web/routes.h"

#include <algorithm>

#include "base/text.h"

#include "web/asset_files.h"
#include "web/audit_api.h"
#include "web/availability_pages.h"
#include "web/bookings_api.h"
#include "web/calendar_api.h"
#include "web/call_api.h"
#include "web/charters_api.h"
#include "web/crew_pages.h"
#include "web/events_api.h"
#include "web/guest_pages.h"
#include "web/hours_api.h"
#include "web/messages_api.h"
#include "web/object_store.h"
#include "web/photos_api.h"
#include "web/receipt_api.h"
#include "web/roster_api.h"
#include "web/weather_api.h"

namespace web {

using base::Method;
using enum domain::SiteKind;

namespace {

// clang-format off
constexpr Route all_routes[] = {
    // method         address                             site    body         handler, and so guard
    {Method::post,    "/bookings",                        ops,    Body::small, OwnerHandler(post_booking)},
    {Method::get,     "/charters",                        ops,    Body::none,  OwnerHandler(get_charters)},
    {Method::get,     "/charters/{id}",                   ops,    Body::none,  OwnerHandler(get_charter)},
    {Method::patch,   "/charters/{id}",                   ops,    Body::small, OwnerHandler(patch_charter)},
    {Method::post,    "/charters/{id}/cancel",            ops,    Body::small, OwnerHandler(post_cancel)},
    {Method::get,     "/charters/{id}/receipt",           ops,    Body::none,  OwnerHandler(get_receipt)},
    {Method::get,     "/charters/{id}/messages",          ops,    Body::none,  OwnerHandler(get_messages)},
    {Method::post,    "/charters/{id}/renew",             ops,    Body::small, OwnerHandler(post_renew)},
    {Method::get,     "/charters/{id}/weather",           ops,    Body::none,  OwnerHandler(get_weather)},
    {Method::get,     "/drift",                           ops,    Body::none,  OwnerHandler(get_drift)},
    {Method::get,     "/at-risk",                         ops,    Body::none,  OwnerHandler(get_at_risk)},
    {Method::get,     "/charters/{id}/settlement",        ops,    Body::none,  OwnerHandler(get_settlement)},
    {Method::get,     "/charters/{id}/hours",             ops,    Body::none,  OwnerHandler(get_hours)},
    {Method::put,     "/charters/{id}/hours/{member}",    ops,    Body::small, OwnerHandler(put_member_hours)},
    {Method::get,     "/charters/{id}/photos",            ops,    Body::none,  OwnerHandler(get_photos)},
    {Method::get,     "/charters/{id}/photos/{photo}",    ops,    Body::none,  OwnerHandler(get_photo)},
    {Method::del,     "/charters/{id}/photos/{photo}",    ops,    Body::none,  OwnerHandler(delete_photo)},
    {Method::get,     "/charters/{id}/audit",             ops,    Body::none,  OwnerHandler(get_audit)},
    {Method::post,    "/charters/{id}/audit/{entry}/undo", ops,   Body::small, OwnerHandler(post_undo)},
    {Method::get,     "/crew",                            ops,    Body::none,  OwnerHandler(get_roster)},
    {Method::put,     "/crew/{member}/away",              ops,    Body::small, OwnerHandler(put_away)},
    {Method::post,    "/crew/{member}/invite",            ops,    Body::small, OwnerHandler(post_invite)},
    {Method::get,     "/photos/key",                      ops,    Body::none,  OwnerHandler(get_photos_key)},
    {Method::post,    "/jobs/{id}/replay",                ops,    Body::small, OwnerHandler(post_replay)},
    {Method::post,    "/calendar",                        ops,    Body::small, OwnerHandler(post_calendar)},
    {Method::get,     "/calendar",                        ops,    Body::none,  OwnerHandler(get_calendar)},
    {Method::get,     "/calendar/key",                    ops,    Body::none,  OwnerHandler(get_calendar_key)},
    {Method::del,     "/calendar/{id}",                   ops,    Body::none,  OwnerHandler(delete_calendar_entry)},
    {Method::get,     "/calendar.ics",                    ops,    Body::none,  FeedHandler(get_calendar_feed)},

    {Method::post,    "/events",                          crew,   Body::small, ServiceHandler(post_event)},
    {Method::get,     "/events",                          crew,   Body::none,  ServiceHandler(get_events)},
    {Method::get,     "/events/{id}",                     crew,   Body::none,  ServiceHandler(get_event)},
    {Method::patch,   "/events/{id}",                     crew,   Body::small, ServiceHandler(patch_event)},
    {Method::del,     "/events/{id}",                     crew,   Body::none,  ServiceHandler(delete_event)},
    {Method::get,     "/c/{token}",                       crew,   Body::none,  PublicHandler(open_magic_link)},
    {Method::get,     "/charters/{id}",                   crew,   Body::none,  CrewHandler(get_crew_page)},
    {Method::post,    "/charters/{id}/answer",            crew,   Body::small, CrewHandler(post_answer)},
    {Method::post,    "/charters/{id}/checklist/{item}",  crew,   Body::small, CrewHandler(post_tick)},
    {Method::post,    "/charters/{id}/hours",             crew,   Body::small, CrewHandler(post_hours)},
    {Method::get,     "/availability",                    crew,   Body::none,  MemberHandler(get_availability)},
    {Method::post,    "/availability",                    crew,   Body::small, MemberHandler(post_availability)},
    {Method::get,     "/assets/{name}",                   crew,   Body::none,  PublicHandler(get_asset)},
    {Method::get,     "/worker.js",                       crew,   Body::none,  PublicHandler(get_worker)},

    {Method::get,     "/g/{name}",                        guest,  Body::none,  PublicHandler(get_guest_page)},
    {Method::get,     "/g/{name}/",                       guest,  Body::none,  PublicHandler(get_guest_page)},
    {Method::post,    "/g/{name}/photos/presign",         guest,  Body::small, PublicHandler(post_presign)},
    {Method::post,    "/o/{bucket}",                      guest,  Body::stream, StreamHandler(post_object)},
    {Method::options, "/o/{bucket}",                      guest,  Body::none,  PublicHandler(preflight_object)},
    {Method::put,     "/o/{bucket}/{key+}",               guest,  Body::stream, StreamHandler(put_object)},
    {Method::get,     "/o/{bucket}/{key+}",               guest,  Body::none,  PublicHandler(get_object)},
    {Method::del,     "/o/{bucket}/{key+}",               guest,  Body::none,  PublicHandler(delete_object)},
    {Method::get,     "/assets/{name}",                   guest,  Body::none,  PublicHandler(get_asset)},
};
// clang-format on

static_assert(std::ranges::all_of(all_routes, [](const Route& route) {
  return (route.body == Body::stream) == std::holds_alternative<StreamHandler>(route.handler);
}));

}  // namespace

std::span<const Route> routes() {
  return all_routes;
}

std::optional<PathValues> match(std::string_view pattern, std::string_view path) {
  const auto wanted = base::split(pattern, '/');
  const auto given = base::split(path, '/');
  const bool open_ended = wanted.back().ends_with("+}");
  if (open_ended ? wanted.size() > given.size() : wanted.size() != given.size())
    return std::nullopt;
  PathValues values;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].starts_with('{')) {
      if (wanted[i] != given[i]) return std::nullopt;
      continue;
    }
    const bool rest = open_ended && i + 1 == wanted.size();
    auto value = base::percent_decoded(
        rest ? path.substr(static_cast<std::size_t>(given[i].data() - path.data())) : given[i]);
    if (!value || value->empty() || !base::is_utf8(*value) || base::has_control_characters(*value))
      return std::nullopt;
    values.emplace(wanted[i].substr(1, wanted[i].size() - (rest ? 3 : 2)), *std::move(value));
  }
  return values;
}

}  // namespace web
