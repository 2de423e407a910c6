// What a guest page and a guest mail may show, field by field.
#include "domain/views.h"

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using testing::example_charter;
using testing::example_tenant;

// Every text of the view. A member that is added does not compile until it is listed here, where
// the tests below search it.
std::vector<std::string> texts_of(const GuestView& view) {
  const auto& [operator_name, first, boat, boat_description, place, starts, ends, bring,
               arrival_note, slug, uploads_close, status, told_cause, contract] = view;
  const auto& [dock, latitude, longitude] = place;
  std::vector<std::string> texts = {operator_name,
                                    first,
                                    boat,
                                    boat_description,
                                    dock,
                                    arrival_note,
                                    slug,
                                    std::string(name_of(status)),
                                    std::string(name_of(contract)),
                                    base::format_offset_time(starts),
                                    base::format_offset_time(ends),
                                    starts.zone,
                                    ends.zone,
                                    std::to_string(latitude.value_or(0)),
                                    std::to_string(longitude.value_or(0))};
  texts.insert(texts.end(), bring.begin(), bring.end());
  if (told_cause) texts.emplace_back(name_of(*told_cause));
  if (uploads_close) texts.push_back(base::format_offset_time(*uploads_close));
  return texts;
}

bool shows(const GuestView& view, const std::string& needle) {
  for (const std::string& text : texts_of(view))
    if (text.find(needle) != std::string::npos) return true;
  return false;
}

TEST(Views, a_guest_page_shows_no_surname_no_contact_no_reference) {
  Charter charter = example_charter();
  charter.guest = {"Dana Whitfield", "dana@guest.example", "+16195550123", 7};
  charter.crew_notes = "crew-notes-secret";
  charter.guest_notes = "guest-notes-secret";
  const GuestView view = guest_view(charter, example_tenant());
  EXPECT_TRUE(shows(view, "Dana"));
  for (const std::string secret :
       {"Whitfield", "guest.example", "6195550123", "619 555 0100", "XHQGMDH", "7k3m2q",
        "crew-notes-secret", "guest-notes-secret", "Boatsetter,", "Ana Reyes", "crew.example"})
    EXPECT_FALSE(shows(view, secret)) << secret;
}

TEST(Views, a_surname_hides_behind_any_space) {
  for (const char* name : {"Dana Whitfield", " Dana Whitfield", "Dana\u00a0Whitfield",
                           "Dana\u3000Whitfield", "Dana\u2009Whitfield"}) {
    Charter charter = example_charter();
    charter.guest.name = name;
    const GuestView view = guest_view(charter, example_tenant());
    EXPECT_EQ(view.guest_first_name, "Dana");
    EXPECT_FALSE(shows(view, "Whitfield")) << name;
  }
}

TEST(Views, a_guest_page_shows_the_trip) {
  const Charter charter = example_charter();
  const GuestView view = guest_view(charter, example_tenant());
  EXPECT_EQ(view.operator_name, "JADA Charters");
  EXPECT_EQ(view.boat, "JADA");
  EXPECT_EQ(view.boat_description, "65-foot sailing yacht, built 1938");
  EXPECT_EQ(view.place.dock, "Harbor Island, west dock");
  EXPECT_EQ(view.place.latitude, 32.7252);
  EXPECT_EQ(view.place.longitude, -117.2050);
  EXPECT_EQ(view.starts, charter.starts);
  EXPECT_EQ(view.ends, charter.ends);
  EXPECT_EQ(view.bring, (std::vector<std::string>{"Soft-soled shoes", "A jacket"}));
  EXPECT_EQ(view.arrival_note, "Gate opens 20 minutes before");
  EXPECT_EQ(view.slug, "boatsetter-may-30");
}

TEST(Views, a_cancelled_trip_says_so_and_takes_no_photos) {
  Charter charter = example_charter();
  EXPECT_EQ(guest_view(charter, example_tenant()).status, CharterStatus::confirmed);
  EXPECT_TRUE(guest_view(charter, example_tenant()).uploads_close);
  charter.status = CharterStatus::cancelled;
  const GuestView view = guest_view(charter, example_tenant());
  EXPECT_EQ(view.status, CharterStatus::cancelled);
  EXPECT_FALSE(view.uploads_close);
  EXPECT_EQ(view.starts, charter.starts);
}

TEST(Views, only_the_weather_and_a_second_entry_are_told_as_a_cause) {
  Charter charter = example_charter();
  charter.status = CharterStatus::cancelled;
  EXPECT_EQ(told_cause(charter), std::nullopt);
  for (const CancelCause cause :
       {CancelCause::guest, CancelCause::operator_, CancelCause::channel}) {
    charter.cancel_cause = cause;
    EXPECT_EQ(told_cause(charter), std::nullopt) << name_of(cause);
    EXPECT_EQ(guest_view(charter, example_tenant()).told_cause, std::nullopt);
  }
  for (const CancelCause cause : {CancelCause::weather, CancelCause::duplicate}) {
    charter.cancel_cause = cause;
    EXPECT_EQ(guest_view(charter, example_tenant()).told_cause, cause);
  }
  charter.status = CharterStatus::confirmed;
  EXPECT_EQ(told_cause(charter), std::nullopt) << "of a trip that takes place";
}

// The charter says where this trip leaves from; the vessel only says where trips usually do.
TEST(Views, the_dock_is_the_charters_own) {
  Charter charter = example_charter();
  charter.dock = "Shelter Island, guest pier";
  EXPECT_EQ(guest_view(charter, example_tenant()).place.dock, "Shelter Island, guest pier");
}

TEST(Views, a_guest_mail_adds_what_is_the_guests_own) {
  const std::string link = "https://queenofsandiego.example/g/boatsetter-may-30.html#k=abc";
  const GuestMailView view = guest_mail_view(example_charter(), example_tenant(), link);
  EXPECT_EQ(view.guest_name, "Dana Whitfield");
  EXPECT_EQ(view.party_size, 6);
  EXPECT_EQ(view.contact, "+1 619 555 0100");
  EXPECT_EQ(view.guest_notes, "Cake is on board");
  EXPECT_EQ(view.guest_link, link);
  EXPECT_EQ(view.page.guest_first_name, "Dana");
  EXPECT_FALSE(shows(view.page, "Whitfield"));
}

TEST(Views, a_vessel_that_is_gone_leaves_the_trip) {
  Tenant tenant = example_tenant();
  tenant.vessels.clear();
  const GuestView view = guest_view(example_charter(), tenant);
  EXPECT_EQ(view.boat, "");
  EXPECT_EQ(view.place.dock, "Harbor Island, west dock");
  EXPECT_EQ(view.place.latitude, std::nullopt);
  EXPECT_EQ(guest_mail_view(example_charter(), tenant, "").contact, "");
}

TEST(Views, answers_have_names_and_only_two_can_be_given) {
  EXPECT_EQ(name_of(Answer::none), "none");
  EXPECT_EQ(answer_from("none"), std::nullopt);
  testing::expect_names_round_trip<Answer>({{Answer::yes, "yes"}, {Answer::no, "no"}}, answer_from);
}

}  // namespace
}  // namespace domain
