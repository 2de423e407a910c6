// What tells of a charter, held against what it says now: each kind of artefact while it is right,
// on its way and wrong.
#include "app/drift.h"

#include "app/renew_artefacts.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

using domain::ArtefactKind;
using domain::ArtefactState;
using domain::JobKind;

namespace {

class DriftTest : public ChangeTest {
 protected:
  // "kind to: state of revision", for all or those in one state.
  Lines drift(std::optional<ArtefactState> only = {}) {
    return lines_of(value_of(drift_of(owner(), world, tenant_file().tenant, trip.id)), only);
  }
  Lines stale() { return drift(ArtefactState::stale); }
  Lines renewed(RenewRequest::Mails mails = RenewRequest::Mails::too) {
    return lines_of(
        value_of(renew_artefacts(owner(), world, {trip.id, {}, mails, "dashboard key 3f2a"})),
        ArtefactState::stale);
  }
  static Lines lines_of(const CharterDrift& drift, std::optional<ArtefactState> only) {
    Lines lines;
    for (const domain::Artefact& artefact : drift.artefacts)
      if (!only || artefact.state == *only)
        lines.push_back(std::string(domain::name_of(artefact.kind)) + " " + artefact.to + ": " +
                        std::string(domain::name_of(artefact.state)) + " of " +
                        std::to_string(artefact.rendered));
    return lines;
  }
  void overwrite(const std::string& path, const std::string& bytes) {
    const ports::ObjectName name{domain::TenantId("jada"), path};
    const auto facts = objects.facts(name).value();
    ASSERT_TRUE(objects.put(name, {bytes, "text/html", facts ? facts->version : 0}));
  }
  void take_away(const std::string& path) {
    ASSERT_TRUE(objects.remove({domain::TenantId("jada"), path}));
  }
};

const Lines all_of_revision_1 = {
    "guest_page boatsetter-may-30.html: current of 1",
    "guest_calendar boatsetter-may-30.ics: current of 1",
    "calendar_entry calendar and feed: current of 1",
    "crew_page /charters/{id}: current of 1",
    "crew_mail ana@crew.example: current of 1",
    "crew_mail ben@crew.example: current of 1",
    "crew_mail cleo@crew.example: current of 1",
    "guest_mail dana@guest.example: current of 1",
    "books the owner: current of 1",
};

}  // namespace

TEST_F(DriftTest, a_charter_that_told_everybody_is_current) {
  Lines expected = all_of_revision_1;
  expected[3] = "crew_page /charters/" + trip.id.text() + ": current of 1";
  EXPECT_EQ(drift(), expected);
  forget_commits();
  EXPECT_EQ(renewed(), Lines{});
  EXPECT_TRUE(commits().empty()) << "nothing was stale, and nothing was written";
}

TEST_F(DriftTest, a_change_is_due_until_it_was_told_and_current_of_its_revision_then) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  EXPECT_EQ(
      drift(ArtefactState::due),
      (Lines{"guest_page boatsetter-may-30.html: due of 1",
             "guest_calendar boatsetter-may-30.ics: due of 1",
             "crew_mail ana@crew.example: due of 1", "crew_mail ben@crew.example: due of 1",
             "crew_mail cleo@crew.example: due of 1", "guest_mail dana@guest.example: due of 1"}));
  EXPECT_EQ(stale(), Lines{});
  run_all();
  for (const std::string& line : drift()) EXPECT_TRUE(line.ends_with("current of 2")) << line;
}

TEST_F(DriftTest, facts_that_went_and_came_back_are_told_already) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(move_to("2027-05-30T16:30"));
  run_all();
  EXPECT_EQ(drift(ArtefactState::due), Lines{});
  EXPECT_EQ(stale(), Lines{});
}

TEST_F(DriftTest, a_page_that_somebody_wrote_over_is_stale_and_renewed) {
  const std::string page = object("boatsetter-may-30.html");
  overwrite("boatsetter-may-30.html", "<p>4:30 PM</p>");
  take_away("boatsetter-may-30.ics");
  EXPECT_EQ(stale(), (Lines{"guest_page boatsetter-may-30.html: stale of 1",
                            "guest_calendar boatsetter-may-30.ics: stale of 1"}));
  EXPECT_EQ(renewed().size(), 2U);
  EXPECT_EQ(renewed(), Lines{}) << "one job sees to both";
  run_all();
  EXPECT_EQ(object("boatsetter-may-30.html"), page);
  EXPECT_NE(object("boatsetter-may-30.ics"), "");
  EXPECT_EQ(stale(), Lines{});
  EXPECT_EQ(later_mails(), Lines{}) << "nobody is written to because of it";
}

TEST_F(DriftTest, a_page_that_cannot_be_read_is_stale_and_made_anew) {
  const std::string page = object("boatsetter-may-30.html");
  for (const char* damage : {"", "no line end"}) {
    const auto file = folder() / "objects" / "jada" / "@boatsetter-may-30.html" / "99";
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << damage;
    EXPECT_EQ(stale(), Lines{"guest_page boatsetter-may-30.html: stale of 1"}) << damage;
    EXPECT_EQ(renewed().size(), 1U);
    run_all();
    EXPECT_EQ(stale(), Lines{});
    EXPECT_EQ(object("boatsetter-may-30.html"), page);
  }
}

TEST_F(DriftTest, a_page_of_another_type_is_stale_and_made_anew) {
  const ports::ObjectName name{domain::TenantId("jada"), "boatsetter-may-30.html"};
  const auto right = objects.get(name).value();
  ASSERT_TRUE(objects.put(name, {right->bytes, "text/plain", right->version}));
  EXPECT_EQ(renewed().size(), 1U);
  run_all();
  EXPECT_EQ(objects.get(name).value()->content_type, "text/html; charset=utf-8");
}

TEST_F(DriftTest, a_former_guest_is_due_until_they_are_told) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.guest.email = "erin@guest.example"; }));
  EXPECT_TRUE(std::ranges::count(drift(), "guest_mail dana@guest.example: due of 1"));
  run_all();
  EXPECT_TRUE(std::ranges::count(drift(), "guest_mail dana@guest.example: current of 2"));
  EXPECT_TRUE(std::ranges::count(drift(), "guest_mail erin@guest.example: current of 2"));
}

TEST_F(DriftTest, a_copy_at_a_former_address_is_stale_and_taken_away) {
  ASSERT_TRUE(change([](ChangeRequest& r) { r.change.slug = domain::Slug("danas-day"); }));
  run_all();
  EXPECT_EQ(drift()[2], "former_address boatsetter-may-30.html: current of 2");
  overwrite("boatsetter-may-30.html", "<p>4:30 PM</p>");
  EXPECT_EQ(stale(), Lines{"former_address boatsetter-may-30.html: stale of 2"});
  EXPECT_EQ(renewed().size(), 1U);
  run_all();
  EXPECT_EQ(object("boatsetter-may-30.html"), "");
  EXPECT_EQ(stale(), Lines{});
}

TEST_F(DriftTest, a_calendar_entry_that_says_something_else_is_stale_and_written_anew) {
  auto wrong = entry_of(charter());
  wrong.title = "Another trip";
  auto changes = operations().changes();
  ASSERT_TRUE(replace_entry(operations(), changes, entry_of(charter()), wrong));
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(stale(), Lines{"calendar_entry calendar and feed: stale of 1"});
  EXPECT_EQ(renewed().size(), 1U);
  EXPECT_EQ(stale(), Lines{});
  EXPECT_EQ(feed().find("Another trip"), std::string::npos);
}

TEST_F(DriftTest, an_entry_left_at_another_time_is_found_where_it_stands) {
  auto wrong = entry_of(charter());
  wrong.starts = base::resolve(written("2027-06-02T10:00"), wrong.starts.zone).value();
  wrong.ends = base::resolve(written("2027-06-02T12:00"), wrong.starts.zone).value();
  auto changes = operations().changes();
  put_entry(changes, wrong);
  ASSERT_TRUE(operations().commit(changes));
  const RenewRequest request{trip.id, wrong, RenewRequest::Mails::too, "nightly check"};
  const auto found = value_of(renew_artefacts(owner(), world, request));
  EXPECT_EQ(lines_of(found, ArtefactState::stale),
            Lines{"calendar_entry calendar and feed: stale of 1"});
  const auto span = domain::Interval{trip.starts.utc - std::chrono::days(9),
                                     trip.starts.utc + std::chrono::days(9)};
  const auto entries = value_of(entries_in(operations(), span));
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].starts.utc, trip.starts.utc);
}

TEST_F(DriftTest, a_mail_that_was_given_up_is_stale_until_it_was_sent) {
  mail_server.refusal = base::invalid("to", "no such mailbox");
  ASSERT_TRUE(crew_is({slot("ben", "captain"), slot("cleo", "crew")}));
  run_all();
  mail_server.refusal.reset();
  EXPECT_EQ(stale(), (Lines{"crew_mail ana@crew.example: stale of 1",
                            "crew_mail ben@crew.example: stale of 1",
                            "crew_mail cleo@crew.example: stale of 1"}));
  EXPECT_EQ(renewed(RenewRequest::Mails::left_alone).size(), 3U) << "found";
  EXPECT_EQ(stale().size(), 3U) << "and left alone";
  EXPECT_EQ(renewed().size(), 3U);
  run_all();
  EXPECT_EQ(stale(), Lines{});
  for (const char* mail : {"crew_mail.2.ana", "crew_mail.2.ben", "crew_mail.2.cleo"})
    EXPECT_TRUE(std::ranges::count(later_mails(), mail)) << mail;
}

TEST_F(DriftTest, a_mail_that_came_back_is_stale) {
  const domain::JobId id = domain::job_id_for(trip.id, JobKind::guest_mail, 1);
  const auto sent = value_of(load_job(operations(), id));
  domain::Job back = sent->value;
  back.state = domain::JobState::failed;
  back.last_error = "550 no such user";
  auto changes = operations().changes();
  finish(changes, *sent, back);
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(stale(), Lines{"guest_mail dana@guest.example: stale of 1"});
}

TEST_F(DriftTest, a_call_that_nobody_heard_leaves_its_people_untold) {
  adapters::LocalTopic deaf([](const ports::CrewAnnouncement&) { return base::ok(); });
  const domain::Charter other = booked([] {
    auto request = plain_request("2027-07-04T10:00", "skiff");
    request.booking.crew = {slot("dora", "host")};
    return request;
  }());
  const auto call =
      value_of(load_job(operations(), domain::job_id_for(other.id, JobKind::crew_call, 1)));
  domain::Job done = call->value;
  done.state = domain::JobState::done;
  auto changes = operations().changes();
  finish(changes, *call, done);
  ASSERT_TRUE(operations().commit(changes));
  run_all();
  const auto found = [&] {
    return lines_of(value_of(drift_of(owner(), world, tenant_file().tenant, other.id)),
                    ArtefactState::stale);
  };
  EXPECT_EQ(found(), Lines{"crew_mail dora@crew.example: stale of 0"});
  ASSERT_TRUE(renew_artefacts(owner(), world, {other.id, {}, RenewRequest::Mails::too, "key"}));
  run_all();
  EXPECT_EQ(found(), Lines{});
}

TEST_F(DriftTest, books_of_another_revision_are_due_or_stale_and_settled) {
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "host")));
  const domain::JobId id = domain::job_id_for(trip.id, JobKind::settle, 2);
  EXPECT_EQ(drift(ArtefactState::due).back(), "books the owner: due of 1");
  const auto planned = value_of(load_job(operations(), id));
  domain::Job lost = planned->value;
  lost.state = domain::JobState::failed;
  auto changes = operations().changes();
  finish(changes, *planned, lost);
  ASSERT_TRUE(operations().commit(changes));
  run_all();
  EXPECT_EQ(stale(), Lines{"books the owner: stale of 1"});
  EXPECT_EQ(renewed().size(), 1U);
  run_all();
  EXPECT_EQ(stale(), Lines{});
  EXPECT_EQ(drift().back(), "books the owner: current of 2");
}

TEST_F(DriftTest, a_cancelled_trip_is_current_when_everybody_heard_the_end) {
  ASSERT_TRUE(cancel(domain::CancelCause::weather));
  EXPECT_FALSE(drift(ArtefactState::due).empty());
  run_all();
  EXPECT_EQ(drift(ArtefactState::due), Lines{});
  EXPECT_EQ(stale(), Lines{});
}

TEST_F(DriftTest, after_the_trip_nothing_is_owed_and_after_its_page_none_is_looked_for) {
  mail_server.refusal = base::invalid("to", "no such mailbox");
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  ASSERT_EQ(stale().size(), 4U);
  clock.advance(trip.ends.utc + std::chrono::hours(1) - clock.now());
  EXPECT_EQ(stale(), Lines{});
  take_away("boatsetter-may-30.html");
  EXPECT_EQ(stale().size(), 1U);
  clock.advance(domain::page_lives_after_end);
  EXPECT_EQ(stale(), Lines{});
}

TEST_F(DriftTest, an_unknown_or_foreign_charter_has_none) {
  const domain::Tenant tenant = tenant_file().tenant;
  EXPECT_EQ(drift_of(owner(), world, tenant, domain::CharterId("jada.nobody")).error().kind,
            base::Kind::not_found);
  EXPECT_EQ(drift_of(owner("tern"), world, tenant, trip.id).error().kind, base::Kind::not_found);
}

}  // namespace app::testing
