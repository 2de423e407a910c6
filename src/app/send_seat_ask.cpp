#include "app/send_seat_ask.h"

#include <algorithm>

#include "app/ask_page.h"
#include "app/links.h"
#include "app/mail_frame.h"
#include "app/plan_seat_mails.h"
#include "app/write_seat_mail.h"

namespace app {

using base::Result;
using domain::AskState;

namespace {

bool is_aboard(const SeatSight& sight, const domain::MemberId& member) {
  const auto& crew = sight.charter.value.crew;
  return std::ranges::find(crew, member, &domain::Slot::member) != crew.end();
}

// An offer is of an open seat; of one that was withdrawn, whoever is not aboard hears in any case.
bool has_something_to_say(const SeatSight& sight, const domain::Ask& ask,
                          domain::AskView::Seat seat) {
  if (seat == domain::AskView::Seat::over) return false;
  if (ask.state == AskState::withdrawn) return !is_aboard(sight, ask.member);
  return (ask.state == AskState::waiting) == (seat == domain::AskView::Seat::open);
}

}  // namespace

Result<JobResult> send_seat_ask(const ports::TenantStore& store, const JobDesk& desk,
                                const domain::Job& job) {
  const JobResult stale(JobOutcome::stale);
  const base::Instant now = desk.world.now();
  const auto sight = TRY(seat_sight(store, job.charter));
  const auto kept = TRY(load_ask(store, job.charter, job.member));
  if (!sight || !kept) return stale;
  const domain::Ask& ask = kept->value.ask;
  const domain::Tenant& tenant = sight->tenant.value;
  const domain::Member* member = tenant.member(job.member);
  const bool is_asked = ask.state == AskState::waiting;
  // An ask is of one moment: a mail of an earlier one has nothing to say.
  const bool is_of_this = domain::name_of(ask.state) == job.about && job.planned_at >= ask.asked_at;
  if (!member || !is_of_this || (is_asked && ask.is_over_at(now))) return stale;
  domain::AskMailView view{TRY(ask_page(*sight, job.member, now)), {}};
  view.magic_link = magic_link(desk.world, tenant, ask.pass);
  view.is_another_trip = !sight->is_current(ask);
  if (!has_something_to_say(*sight, ask, view.page.seat)) return stale;
  const base::Instant opens =
      domain::next_civil(now, tenant.call.civil, sight->charter.value.starts.zone);
  if (opens > now) return JobResult::later(is_asked ? opens : opens + time_to_be_asked_anew);
  const MailFrame frame =
      mail_frame(job, sight->charter.value, tenant, {member->name, member->email}, Told{});
  const Mail mail =
      is_asked ? TRY(write_seat_ask(view, frame)) : TRY(write_seat_closed(view, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(sight->charter.value.revision);
}

}  // namespace app
