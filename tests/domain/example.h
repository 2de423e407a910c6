// The operator, the trip and the booking that the tests of the domain start from: the example of
// the house. Each test changes the one thing it is about.
#pragma once

#include <gtest/gtest.h>

#include "base/time.h"

#include "domain/booking.h"
#include "domain/charter.h"
#include "domain/tenant.h"

namespace domain::testing {

inline const std::string zone = "America/Los_Angeles";

inline base::WrittenTime written(std::string_view text) {
  return base::parse_written_time(text).value();
}

inline base::Moment moment(std::string_view text) {
  return base::resolve(written(text), zone).value();
}

inline base::Instant utc(std::string_view text) {
  return base::parse_utc(text).value();
}

inline Vessel example_vessel() {
  Vessel vessel;
  vessel.id = VesselId("jada");
  vessel.name = "JADA";
  vessel.description = "65-foot sailing yacht, built 1938";
  vessel.dock = "Harbor Island, west dock";
  vessel.arrival_note = "Gate opens 20 minutes before";
  vessel.bring = {"Soft-soled shoes", "A jacket"};
  vessel.contact = "+1 619 555 0100";
  vessel.passengers_max = 12;
  vessel.turnaround_minutes = 60;
  vessel.latitude = 32.7252;
  vessel.longitude = -117.2050;
  return vessel;
}

inline Tenant example_tenant() {
  Tenant tenant;
  tenant.id = TenantId("jada");
  tenant.name = "JADA Charters";
  tenant.zone = zone;
  tenant.currency = "USD";
  tenant.vessels = {example_vessel()};
  tenant.members = {
      {MemberId("ana"), "Ana Reyes", "ana@crew.example", {Role("captain"), Role("crew")}},
      {MemberId("ben"), "Ben Ito", "ben@crew.example", {Role("crew")}},
      {MemberId("cleo"), "Cleo Marsh", "cleo@crew.example", {Role("crew")}}};
  return tenant;
}

inline Slot slot(const char* member, const char* role) {
  return {MemberId(member), Role(role)};
}

inline std::vector<Slot> example_crew() {
  return {slot("ana", "captain"), slot("ben", "crew"), slot("cleo", "crew")};
}

inline Guest example_guest() {
  return {"Dana Whitfield", "dana@guest.example", "+16195550123", 6};
}

inline Booking example_booking() {
  Booking booking;
  booking.channel = Channel("boatsetter");
  booking.reference = "XHQGMDH";
  booking.vessel = VesselId("jada");
  booking.starts_at = written("2027-05-30T16:30");
  booking.duration_minutes = 180;
  booking.guest = example_guest();
  booking.crew = example_crew();
  booking.crew_notes = "Guests bring their own food";
  return booking;
}

inline Charter example_charter() {
  Charter charter;
  charter.id = CharterId("jada.7k3m2q");
  charter.channel = Channel("boatsetter");
  charter.reference = "XHQGMDH";
  charter.title = "Boatsetter, Dana Whitfield";
  charter.vessel = VesselId("jada");
  charter.dock = "Harbor Island, west dock";
  charter.starts = moment("2027-05-30T16:30");
  charter.ends = moment("2027-05-30T19:30");
  charter.guest = example_guest();
  charter.crew = example_crew();
  charter.crew_notes = "Guests bring their own food";
  charter.guest_notes = "Cake is on board";
  charter.slug = Slug("boatsetter-may-30");
  return charter;
}

// Every value of a list of names comes back from its name, and nothing else does.
template <class Value, class Read>
void expect_names_round_trip(std::initializer_list<std::pair<Value, std::string_view>> names,
                             const Read& read) {
  for (const auto& [value, name] : names) {
    EXPECT_EQ(name_of(value), name);
    EXPECT_TRUE(read(name) == value) << name;
    EXPECT_FALSE(read(std::string(name) + " ")) << name;
  }
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("Confirmed"));
  EXPECT_FALSE(read("none of them"));
}

}  // namespace domain::testing
