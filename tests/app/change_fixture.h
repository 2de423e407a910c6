// What the tests of changes share: a trip that was told to everybody, the verbs that change it, and
// every place where the outside sees it.
#pragma once

#include <fstream>
#include <sstream>

#include "app/answer_call.h"
#include "app/calendar_record.h"
#include "app/cancel_charter.h"
#include "app/change_charter.h"
#include "app/change_event.h"
#include "app/crew_page.h"
#include "app/crew_record.h"
#include "app/guest_files.h"
#include "app/links.h"
#include "app/pass_record.h"
#include "app/prove_pass.h"
#include "app/render_crew_page.h"
#include "app/settle_charter.h"
#include "app/write_calendar.h"

#include "tests/app/read_back.h"
#include "tests/app/verb_fixture.h"

namespace app::testing {

using Make = std::function<void(ChangeRequest&)>;

class ChangeTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    run_all();
    first_mails = maildrop();
    forget_commits();
  }

  base::Result<domain::Charter> change(const Make& make, domain::Revision meant = 0) {
    ChangeRequest request;
    request.meant = {trip.id, meant};
    request.actor = "dashboard key 3f2a";
    make(request);
    return change_charter(owner(), world, request);
  }
  base::Result<domain::Charter> move_to(const std::string& starts_at, domain::Revision meant = 0) {
    return change([&](ChangeRequest& r) { r.change.starts_at = written(starts_at); }, meant);
  }
  base::Result<domain::Charter> crew_is(const std::vector<domain::Slot>& crew) {
    return change([&](ChangeRequest& r) { r.change.crew = crew; });
  }
  base::Result<domain::Charter> cancel(domain::CancelCause cause, domain::Revision meant = 0) {
    Cancellation request;
    request.meant = {trip.id, meant};
    request.cause = cause;
    request.actor = "dashboard key 3f2a";
    return cancel_charter(owner(), world, request);
  }

  // Where the outside sees the trip.
  std::string object(const std::string& path) {
    const auto found = objects.get({domain::TenantId("jada"), path}).value();
    return found ? found->bytes : "";
  }
  std::string page() {
    const auto found = value_of(find_guest_page(operations(), world, charter().slug.text()));
    return found ? guest_html(*found) : "";
  }
  std::string crew_page_of(const std::string& member) {
    const auto view = crew_page(operations(), trip.id, domain::MemberId(member), clock.now());
    return view ? render_crew_page(*view) : "";
  }
  std::string feed() {
    const auto span =
        domain::Interval{clock.now() - std::chrono::days(30), clock.now() + std::chrono::days(500)};
    const auto tenant = tenant_file().tenant;
    return value_of(write_owner_calendar(value_of(entries_in(operations(), span)), tenant));
  }
  base::testing::ReadEvent feed_event() {
    const auto calendar = base::testing::read_calendar(feed());
    EXPECT_TRUE(calendar && calendar->errors == 0);
    if (!calendar) return {};
    const auto found = std::ranges::find_if(
        calendar->events, [&](const auto& event) { return event.uid.starts_with(trip.id.text()); });
    return found == calendar->events.end() ? base::testing::ReadEvent{} : *found;
  }
  std::string settlement() { return base::to_text(value_of(settlement_of(owner(), trip.id))); }
  domain::Answer answer_of(const std::string& member) {
    const auto answers = value_of(answers_of(operations(), trip.id));
    for (const domain::Slot& slot : charter().crew)
      if (slot.member.text() == member) return standing_answer(charter(), slot, answers);
    return domain::Answer::none;
  }
  base::Result<void> says_yes(const std::string& member) {
    return answer_call(operations(), world, {{}, trip.id, domain::MemberId(member)},
                       {domain::Answer::yes});
  }
  std::string token_of(const std::string& member) {
    const auto pass = value_of(find_called(operations(), trip.id, domain::MemberId(member)));
    return pass ? domain::token_for(world.server_key, domain::TenantId("jada"), *pass,
                                    domain::TokenUse::magic_link)
                : "";
  }
  bool opens(const std::string& token) {
    return prove_pass(operations(), world, token, domain::TokenUse::magic_link).operator bool();
  }

  // Mails that left since the first ones, to crew and guest: "crew_mail.2.ana".
  Lines later_mails() {
    Lines names;
    for (const std::string& name : maildrop())
      if (name.find(".owner_mail.") == std::string::npos &&
          std::find(first_mails.begin(), first_mails.end(), name) == first_mails.end())
        names.push_back(
            name.substr(trip.id.text().size() + 1, name.size() - 5 - trip.id.text().size()));
    return names;
  }
  base::testing::ReadMail mail(const std::string& name) {
    std::ifstream file(folder() / "maildrop" / (trip.id.text() + "." + name + ".eml"),
                       std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    EXPECT_FALSE(all.str().empty()) << "no mail " << name;
    return base::testing::read_mail(all.str());
  }

  // Busy time as it is on record: "vessel/jada", "2027-05"; empty when nothing is.
  std::string busy(const std::string& whose, const std::string& month) {
    const auto stored = value_of(operations().get(ports::Place{whose, month}));
    return stored ? stored->body : "";
  }

  using VerbTest::charter;
  domain::Charter charter() const { return charter(trip.id.text()); }

  domain::Charter trip;
  Lines first_mails;
};

}  // namespace app::testing
