// What the tests of calls share: an operator with three captains and three hands, a trip with open
// seats, and time that passes job by job.
#pragma once

#include <fstream>
#include <functional>
#include <sstream>

#include "app/answer_call.h"
#include "app/ask_record.h"
#include "app/availability_record.h"
#include "app/call_status.h"
#include "app/change_charter.h"
#include "app/receipt.h"
#include "app/undo_deed.h"

#include "tests/app/read_back.h"
#include "tests/app/verb_fixture.h"

namespace app::testing {

inline domain::Slot open_seat(const std::string& role) {
  return {domain::MemberId(), domain::Role(role)};
}

// Captains are asked eve, ana, ben: as captains they have an order of their own.
inline TenantFile call_file(const std::string& id = "jada") {
  TenantFile file = tenant_file(id);
  const domain::Role captain("captain");
  const domain::Role crew("crew");
  file.tenant.members = {
      {domain::MemberId("ana"), "Ana Reyes", "ana@crew.example", {captain}, 1, 2},
      {domain::MemberId("ben"), "Ben Okafor", "ben@crew.example", {captain, crew}, 3, 3},
      {domain::MemberId("cleo"), "Cleo Lindgren", "cleo@crew.example", {crew}, 2},
      {domain::MemberId("dora"), "Dora Lind", "dora@crew.example", {crew, domain::Role("host")}},
      {domain::MemberId("eve"), "Eve Novak", "eve@crew.example", {captain}, 9, 1}};
  return file;
}

class CallTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    apply(call_file());
  }
  void apply(const TenantFile& file) { value_of(apply_tenant(installation, world, file)); }

  static base::Instant wall(const std::string& text) {
    return base::resolve(written(text), "America/Los_Angeles").value().utc;
  }
  void be_at(base::Instant instant) { clock.advance(instant - clock.now()); }
  // Runs what falls due until then, each at its time.
  void pass_until(base::Instant instant) {
    for (int round = 0; round < 500; ++round) {
      run_due();
      const auto next = next_due(desk()).value();
      if (!next || *next > instant) break;
      if (*next > clock.now()) be_at(*next);
    }
    be_at(instant);
    run_due();
  }
  // Mails and looks that are due at this moment, and those that follow from them.
  void settle() {
    for (int round = 0; round < 20 && run_due() > 0; ++round) {
    }
  }

  domain::Charter seeking(const std::string& starts_at, std::vector<domain::Slot> crew) {
    BookingRequest request = plain_request(starts_at);
    request.booking.crew = std::move(crew);
    return booked(request);
  }
  domain::Charter change(const domain::Charter& trip,
                         const std::function<void(ChangeRequest&)>& make) {
    ChangeRequest request;
    request.meant = {trip.id, 0};
    request.actor = "dashboard key 3f2a";
    make(request);
    return value_of(change_charter(owner(), world, request));
  }
  void is_away(const std::string& member, std::chrono::year_month_day day) {
    auto changes = operations().changes();
    changes.put(away_place(domain::MemberId(member)), ports::absent, encoded(AwayDays{day}));
    ASSERT_TRUE(operations().commit(changes));
  }
  std::map<std::string, domain::Ask> asks(const domain::Charter& trip) const {
    std::map<std::string, domain::Ask> all;
    for (const auto& kept : value_of(asks_of(operations(), trip.id)))
      all[kept.value.ask.member.text()] = kept.value.ask;
    return all;
  }
  // "ana waiting; eve silent", by name.
  std::string standing(const domain::Charter& trip) const {
    std::string all;
    for (const auto& [member, ask] : asks(trip))
      all += (all.empty() ? "" : "; ") + member + " " + std::string(domain::name_of(ask.state));
    return all;
  }
  base::Result<void> says(const domain::Charter& trip, const std::string& member,
                          domain::Answer answer) {
    return answer_call(operations(), world, mate(trip, member), {answer});
  }
  // As the guard finds them.
  CrewMate mate(const domain::Charter& trip, const std::string& member) const {
    CrewMate mate{{}, trip.id, domain::MemberId(member)};
    const auto now = charter(trip.id.text());
    const bool aboard =
        std::ranges::find(now.crew, mate.member, &domain::Slot::member) != now.crew.end();
    mate.standing = aboard ? CrewMate::Standing::aboard : CrewMate::Standing::asked;
    return mate;
  }
  // "captain eve, crew ben"
  std::string crew_of(const domain::Charter& trip) const {
    std::string all;
    for (const domain::Slot& slot : charter(trip.id.text()).crew)
      all += (all.empty() ? "" : ", ") + slot.role.text() + " " + slot.member.text();
    return all;
  }
  std::size_t open_seats(const domain::Charter& trip) const {
    return charter(trip.id.text()).open.size();
  }
  // Subjects of the mails of a kind, by when they were planned.
  Lines mails(const domain::Charter& trip, domain::JobKind kind) const {
    std::vector<domain::Job> jobs;
    for (const domain::Job& job : value_of(jobs_of(operations(), trip.id)))
      if (job.kind == kind && job.state == domain::JobState::done) jobs.push_back(job);
    std::ranges::stable_sort(jobs, {}, &domain::Job::finished_at);
    Lines lines;
    for (const domain::Job& job : jobs) lines.push_back(mail_of(job).header("Subject"));
    return lines;
  }
  base::testing::ReadMail mail_of(const domain::Job& job) const {
    std::ifstream file(folder() / "maildrop" / (job.id.text() + ".eml"), std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    EXPECT_FALSE(all.str().empty()) << "no mail " << job.id.text();
    return base::testing::read_mail(all.str());
  }
};

}  // namespace app::testing
