// What the tests of reminders share: a trip on Sunday, 30 May 2027 at 16:30 that everybody was told
// of, a clock at the dock, and the mails that lie in the maildrop since the last look.
#pragma once

#include "app/receipt.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

class RemindersTest : public ChangeTest {
 protected:
  void SetUp() override {
    ChangeTest::SetUp();
    seen_ = maildrop();
  }
  static base::Instant wall(const std::string& text) {
    return base::resolve(written(text), "America/Los_Angeles").value().utc;
  }
  // Everything that is due until then runs in its time, and then it is that time.
  void until(const std::string& at) {
    const base::Instant end = wall(at);
    for (int round = 0; round < 500; ++round) {
      run_due();
      const auto next = next_due(desk()).value();
      if (!next || *next > end) break;
      if (*next > clock.now()) clock.advance(*next - clock.now());
    }
    if (end > clock.now()) clock.advance(end - clock.now());
    run_due();
    run_due();
  }
  // Nobody runs anything until then.
  void away_until(const std::string& at) { clock.advance(wall(at) - clock.now()); }
  // The jobs of the mails that were not there before, without the charter's id.
  Lines news() {
    Lines names = maildrop();
    const Lines all = names;
    for (const std::string& old : seen_) std::erase(names, old);
    seen_ = all;
    for (std::string& name : names) {
      name = name.substr(0, name.size() - std::string_view(".eml").size());
      name = name.substr(trip.id.text().size() + 1);
    }
    return names;
  }
  std::string text_of(const std::string& job) { return mail(job).part("text/plain").body; }
  domain::Job job_named(const std::string& name) const {
    return job(domain::JobId(trip.id.text() + "." + name));
  }
  void answers(const std::string& member, domain::Answer answer) {
    ASSERT_TRUE(
        answer_call(operations(), world, {{}, trip.id, domain::MemberId(member)}, {answer, {}}));
  }

 private:
  Lines seen_;
};

}  // namespace app::testing
