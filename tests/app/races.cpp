// Two hands at one thing at the same instant, through the verbs: one outcome, and the records agree
// with it. Races for a slot, a person, a name or an idempotency key: tests/journeys/races.py.
#include <thread>

#include "app/answer_call.h"
#include "app/crew_record.h"
#include "app/publish_guest_page.h"
#include "app/tenant_record.h"

#include "tests/app/hold_fixture.h"

namespace app::testing {

using base::Kind;
using domain::Answer;

namespace {

class RacesTest : public HoldTest {
 protected:
  static void at_once(int hands, const std::function<void(int)>& act) {
    std::atomic<bool> go = false;
    std::vector<std::thread> threads;
    for (int hand = 0; hand < hands; ++hand)
      threads.emplace_back([&, hand] {
        while (!go) std::this_thread::yield();
        act(hand);
      });
    go = true;
    for (std::thread& thread : threads) thread.join();
  }
  std::size_t audited(const domain::Charter& trip, const std::string& verb) {
    const Lines all = dump();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& line) {
      return line.starts_with("operations jada/charter/" + trip.id.text() + " audit/") &&
             line.find("\"" + verb + "\"") != std::string::npos;
    }));
  }
  JobOutcome publish(const domain::Charter& trip, domain::Revision revision, World& seen) {
    domain::Job published;
    published.id = domain::job_id_for(trip.id, domain::JobKind::guest_page, revision);
    published.charter = trip.id;
    published.revision = revision;
    JobDesk own = desk();
    own.world = seen;
    // What run_job does with what met another publisher: another try.
    for (;;) {
      auto outcome = publish_guest_page(operations(), own, published);
      if (outcome) return outcome->outcome;
      EXPECT_EQ(outcome.error().kind, Kind::conflict) << outcome.error().message;
      if (outcome.error().kind != Kind::conflict) return JobOutcome::wait;
    }
  }
  std::mutex answers_mutex;
  ports::Object page_object() {
    return objects.get({domain::TenantId("jada"), "boatsetter-may-30.html"})
        .value()
        .value_or(ports::Object());
  }
};

// The objects of the fixture; something happens once, around the first look at one.
class Interrupted : public ports::Objects {
 public:
  enum class When { before_look, after_look };
  Interrupted(ports::Objects& objects, When when, std::function<void()> meanwhile)
      : objects_(objects), when_(when), meanwhile_(std::move(meanwhile)) {}

  base::Result<std::optional<ports::Object>> get(const ports::ObjectName& name) override {
    if (when_ == When::before_look) interrupt();
    auto found = objects_.get(name);
    if (when_ == When::after_look) interrupt();
    return found;
  }
  base::Result<std::optional<ports::ObjectFacts>> facts(const ports::ObjectName& name) override {
    return objects_.facts(name);
  }
  base::Result<std::uint64_t> put(const ports::ObjectName& name,
                                  const ports::Object& object) override {
    return objects_.put(name, object);
  }
  base::Result<std::unique_ptr<ports::ObjectWriter>> open(const ports::ObjectName& name,
                                                          const std::string& type) override {
    return objects_.open(name, type);
  }
  base::Result<void> remove(const ports::ObjectName& name) override {
    return objects_.remove(name);
  }
  base::Result<ports::PostForm> presign(const ports::FormRequest& request) override {
    return objects_.presign(request);
  }

 private:
  void interrupt() {
    if (const auto act = std::exchange(meanwhile_, nullptr)) act();
  }

  ports::Objects& objects_;
  const When when_;
  std::function<void()> meanwhile_;
};

}  // namespace

TEST_F(RacesTest, of_two_answers_to_one_call_the_last_stands_and_each_is_on_record) {
  const domain::Charter trip = booked();
  forget_commits();
  at_once(8, [&](int hand) {
    const Answer answer = hand % 2 == 0 ? Answer::yes : Answer::no;
    const auto given =
        answer_call(operations(), world, {{}, trip.id, domain::MemberId("ana")}, {answer});
    EXPECT_TRUE(given) << given.error().message;
  });
  const auto answers = value_of(answers_of(operations(), trip.id));
  ASSERT_EQ(answers.size(), 1U);
  const auto kept = operations().get(answer_place(trip.id, domain::MemberId("ana"))).value();
  // Whoever found their own answer there already had nothing to change.
  EXPECT_EQ(kept->version, commits().size());
  EXPECT_EQ(audited(trip, "answer_call"), commits().size());
  EXPECT_GE(commits().size(), 2U);
}

TEST_F(RacesTest, a_boat_is_dropped_or_booked_and_never_both) {
  TenantFile fleet = tenant_file();  // and every boat that was booked
  for (int round = 0; round < 20; ++round) {
    const domain::VesselId vessel("boat-" + std::to_string(round));
    TenantFile with = fleet;
    with.tenant.vessels.push_back(with.tenant.vessels.front());
    with.tenant.vessels.back().id = vessel;
    ASSERT_TRUE(apply_tenant(installation, world, with));
    std::atomic<bool> gone = false;
    std::atomic<int> taken = 0;
    at_once(4, [&](int hand) {
      if (hand == 0) {
        const auto applied = apply_tenant(installation, world, fleet);
        gone = bool{applied};
        if (!applied) {
          EXPECT_EQ(applied.error().kind, Kind::conflict) << applied.error().message;
        }
        return;
      }
      const std::string day = "2027-07-" + std::to_string(10 + hand);
      const auto answer = take(plain_request(day + "T10:00", vessel.text()));
      if (answer) {
        ++taken;
      } else {
        EXPECT_EQ(answer.error().kind, Kind::invalid) << answer.error().message;
      }
    });
    EXPECT_NE(gone, taken > 0) << taken << " trips of a boat that was " << (gone ? "" : "not ")
                               << "dropped";
    const auto tenant = value_of(load_tenant(operations())).value;
    EXPECT_EQ(tenant.vessel(vessel) == nullptr, gone);
    if (!gone) fleet = with;
  }
}

// A lapsed hold may be the last thing of a boat that has nothing else: it neither keeps the boat
// nor hides who comes to it meanwhile.
TEST_F(RacesTest, a_boat_whose_hold_lapsed_is_dropped_or_held_and_never_both) {
  TenantFile fleet = tenant_file();
  for (int round = 0; round < 20; ++round) {
    const std::string vessel = "boat-" + std::to_string(round);
    TenantFile with = fleet;
    with.tenant.vessels.push_back(with.tenant.vessels.front());
    with.tenant.vessels.back().id = domain::VesselId(vessel);
    ASSERT_TRUE(apply_tenant(installation, world, with));
    BlockRequest last = block("2027-12-10T10:00", "2027-12-10T12:00");
    last.vessel = domain::VesselId(vessel);
    const auto soon = base::at(clock.now() + std::chrono::minutes(2), tenant_file().tenant.zone);
    last.expires_at = base::WrittenTime{soon.wall, soon.offset};
    ASSERT_TRUE(add(last));
    if (round % 2 == 0) {  // something for good ended later, and went
      BlockRequest work = block("2027-12-20T10:00", "2027-12-20T12:00");
      work.vessel = last.vessel;
      const std::string id = value_of(add(work)).body;
      ASSERT_TRUE(remove_block(owner(), world, id, "dashboard key 3f2a"));
    }
    clock.advance(std::chrono::minutes(2));
    std::atomic<bool> gone = false;
    std::atomic<int> came = 0;
    at_once(4, [&](int hand) {
      if (hand == 0) {
        gone = bool{apply_tenant(installation, world, fleet)};
        return;
      }
      const std::string day = "2027-07-" + std::to_string(10 + hand);
      BlockRequest another = block(day + "T10:00", day + "T12:00");
      another.vessel = last.vessel;
      another.expires_at = written("2027-07-01T10:00");
      const bool done =
          hand == 1 ? bool{add(another)} : bool{take(plain_request(day + "T10:00", vessel))};
      if (done) ++came;
    });
    EXPECT_NE(gone, came > 0) << came << " came to a boat that was " << (gone ? "" : "not ")
                              << "dropped";
    if (!gone) fleet = with;
  }
}

TEST_F(RacesTest, of_many_bookings_that_name_one_hold_one_has_it) {
  for (int round = 0; round < 10; ++round) {
    const std::string day = "2027-06-" + std::to_string(10 + round);
    const std::string id = held(day + "T10:00", day + "T12:00", "2027-06-01T10:00");
    std::atomic<int> taken = 0;
    at_once(6, [&](int hand) {
      // Half of them want another boat, and so none of the others' time.
      const auto answer =
          take(with_hold(plain_request(day + "T10:00", hand % 2 == 0 ? "jada" : "skiff"), id));
      if (answer) {
        ++taken;
      } else {
        EXPECT_EQ(answer.error().faults.front().field, "hold") << answer.error().message;
      }
    });
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(traces(id), 0U);
    EXPECT_EQ(entries().size(), std::size_t(round) + 1);
  }
}

TEST_F(RacesTest, as_a_hold_lapses_its_time_goes_to_one) {
  std::map<std::string, int> answers;
  for (int round = 0; round < 20; ++round) {
    const std::string day = "2027-06-" + std::to_string(10 + round);
    const auto soon = base::at(clock.now() + std::chrono::minutes(2), tenant_file().tenant.zone);
    const auto lapse = std::chrono::floor<std::chrono::minutes>(soon.utc);
    const std::string id =
        held(day + "T10:00", day + "T12:00", base::format_wall(base::at(lapse, soon.zone).wall));
    clock.advance(lapse - clock.now() - std::chrono::milliseconds(1));
    std::atomic<int> taken = 0;
    at_once(7, [&](int hand) {
      if (hand == 0) {
        clock.advance(std::chrono::milliseconds(1));
        return;
      }
      const BookingRequest plain = plain_request(day + "T10:30");
      const auto answer = take(hand % 2 == 0 ? plain : with_hold(plain, id));
      const std::lock_guard lock(answers_mutex);
      if (answer) ++taken;
      ++answers[answer ? "taken" : answer.error().faults.front().field + " " + answer.error().code];
    });
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(entries().size(), std::size_t(round) + 1);
  }
  answers.erase("taken");
  answers.erase("vessel busy");       // by the hold, or by who was first
  answers.erase("hold hold-lapsed");  // somebody was first without it
  answers.erase("hold ");             // somebody was first with it
  EXPECT_TRUE(answers.empty()) << answers.begin()->first;
}

TEST_F(RacesTest, many_publishers_make_one_version_of_one_content) {
  const domain::Charter trip = booked();
  for (domain::Revision revision = 1; revision <= 4; ++revision) {
    if (revision > 1)
      renew(trip.id,
            [&](domain::Charter& charter) { charter.dock = "Dock " + std::to_string(revision); });
    std::atomic<int> done = 0;
    at_once(6, [&](int hand) {
      // Half of them are late: their charter has moved on.
      const domain::Revision own = hand % 2 == 0 ? revision : revision - 1;
      if (publish(trip, own, world) == JobOutcome::done) ++done;
    });
    EXPECT_EQ(done, 3);
    EXPECT_EQ(page_object().version, revision);
  }
  EXPECT_NE(page_object().bytes.find("Dock 4"), std::string::npos);
}

TEST_F(RacesTest, a_late_publisher_never_writes_over_a_newer_page) {
  const domain::Charter trip = booked();
  domain::Revision revision = 1;
  for (const auto when : {Interrupted::When::before_look, Interrupted::When::after_look}) {
    const std::string dock = "Dock " + std::to_string(revision + 1);
    Interrupted interrupted(objects, when, [&] {
      renew(trip.id, [&](domain::Charter& charter) { charter.dock = dock; });
      EXPECT_EQ(publish(trip, revision + 1, world), JobOutcome::done);
    });
    World slow = world;
    slow.objects = &interrupted;
    EXPECT_EQ(publish(trip, revision, slow), JobOutcome::stale);
    EXPECT_NE(page_object().bytes.find(dock), std::string::npos);
    ++revision;
    EXPECT_EQ(page_object().version, revision - 1);
  }
}

}  // namespace app::testing
