// The rules of sending photos.
#include "domain/photo.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using namespace std::string_literals;
using std::chrono::hours;
using testing::utc;

constexpr std::array all_types{PhotoType::jpeg, PhotoType::png,  PhotoType::webp,
                               PhotoType::heic, PhotoType::heif, PhotoType::avif};

TEST(Photo, six_types) {
  for (const PhotoType type : all_types) {
    EXPECT_EQ(photo_type_from(content_type_of(type)), type);
    EXPECT_EQ(photo_type_named_by("a.b." + std::string(extension_of(type))), type);
  }
  for (const std::string_view other : {"", "image/JPEG", "image/jpg", "image/gif", "image/svg+xml",
                                       "image/jpeg; charset=utf-8", "video/mp4", " image/png"})
    EXPECT_FALSE(photo_type_from(other)) << other;
  EXPECT_EQ(photo_type_named_by("IMG_1.HEIC"), PhotoType::heic);
  EXPECT_EQ(photo_type_named_by("a.JpEg"), PhotoType::jpeg);
  for (const std::string_view other : {"", "jpg", "a.", "a.gif", "a.jpg.exe"})
    EXPECT_FALSE(photo_type_named_by(other)) << other;
}

std::string boxed(std::string_view major, std::string_view others, char size) {
  return std::string("\0\0\0"s) + size + "ftyp" + std::string(major) + "\0\0\0\0"s +
         std::string(others) + std::string(40, '\0');
}

TEST(Photo, first_bytes_tell_the_type) {
  struct Case {
    std::string head;
    std::optional<PhotoType> type;
  };
  const std::vector<Case> cases{
      {"\xFF\xD8\xFF\xE0..JFIF", PhotoType::jpeg},
      {"\xFF\xD8\xFF", PhotoType::jpeg},
      {"\x89PNG\r\n\x1A\n....IHDR", PhotoType::png},
      {"RIFF\x10\0\0\0WEBPVP8 "s, PhotoType::webp},
      {boxed("heic", "mif1heic", 24), PhotoType::heic},
      {boxed("mif1", "mif1heic", 24), PhotoType::heic},
      {boxed("mif1", "mif1miaf", 24), PhotoType::heif},
      {boxed("avif", "mif1miaf", 24), PhotoType::avif},
      {boxed("mif1", "avifmiaf", 24), PhotoType::avif},
      {boxed("msf1", "heic", 16), PhotoType::heif},  // beyond the box is not a brand
      {boxed("isom", "mp41", 24), std::nullopt},
      {"GIF89a..........", std::nullopt},
      {"<svg xmlns=\"...\">", std::nullopt},
      {"\xFF\xD8", std::nullopt},
      {"", std::nullopt},
      {"RIFF\x10\0\0\0WAVE"s, std::nullopt},
  };
  for (const Case& one : cases) EXPECT_EQ(sniffed_photo_type(one.head), one.type) << one.head;
  EXPECT_TRUE(looks_like(PhotoType::heif, boxed("heic", "", 16)));
  EXPECT_TRUE(looks_like(PhotoType::heic, boxed("mif1", "", 16)));
  EXPECT_FALSE(looks_like(PhotoType::avif, boxed("heic", "", 16)));
  EXPECT_FALSE(looks_like(PhotoType::jpeg, "\x89PNG\r\n\x1A\n"));
  EXPECT_FALSE(looks_like(PhotoType::jpeg, ""));
}

TEST(Photo, names_lose_their_folders_and_nothing_else) {
  const auto cleaned = [](std::string_view sent) {
    const auto name = cleaned_filename(sent);
    return name ? *name : "refused: " + name.error().faults.at(0).message;
  };
  EXPECT_EQ(cleaned("IMG_1.jpg"), "IMG_1.jpg");
  EXPECT_EQ(cleaned(" C:\\dir\\my boat.jpg "), "my boat.jpg");
  EXPECT_EQ(cleaned("/a/../\xC3\xA9\xF0\x9F\x9A\xA4.heic"), "\xC3\xA9\xF0\x9F\x9A\xA4.heic");
  std::string longest;
  for (int i = 0; i < 200; ++i) longest += "\xC3\xA9";
  EXPECT_EQ(cleaned(longest), longest);
  EXPECT_EQ(cleaned("dir/" + longest), longest);
  EXPECT_EQ(cleaned(longest + "x"), "refused: is longer than 200 characters");
  for (const std::string_view empty : {"", " ", "/", "a/", "..", "a/.", "\\"})
    EXPECT_EQ(cleaned(empty), "refused: must not be empty") << empty;
  for (const std::string& control : {"a\n.jpg"s, "a\0.jpg"s, "a\x7F"s, "\xC2\x85"s})
    EXPECT_EQ(cleaned(control), "refused: contains a control character");
  EXPECT_EQ(cleaned("\xFF.jpg"), "refused: is not UTF-8");
  for (const std::string_view turn : {"a\xE2\x80\xAEgpj.exe", "\xE2\x81\xA6", "x\xE2\x81\xA9"})
    EXPECT_EQ(cleaned(turn), "refused: contains a mark that turns the text's direction");
  EXPECT_EQ(cleaned("\xE2\x80\x94.jpg"), "\xE2\x80\x94.jpg");
}

TEST(Photo, a_key_says_whose_it_is) {
  const CharterId charter("jada.7k3m2q");
  const PhotoId photo = photo_id_from(std::string(16, '\x5A'));
  EXPECT_EQ(photo.text().size(), 26u);
  for (const PhotoType type : all_types) {
    const std::string key = photo_key(charter, photo, type);
    EXPECT_EQ(key,
              "quarantine/jada.7k3m2q/" + photo.text() + "." + std::string(extension_of(type)));
    const auto named = photo_named_by_key(key);
    ASSERT_TRUE(named);
    EXPECT_EQ(named->charter, charter);
    EXPECT_EQ(named->photo, photo);
    EXPECT_EQ(named->type, type);
  }
  const std::string start = "quarantine/jada.7k3m2q/";
  for (const std::string& other :
       {""s, start, "served/jada.7k3m2q/" + photo.text() + ".jpg", start + photo.text(),
        start + photo.text() + ".", start + photo.text() + ".gif",
        start + photo.text() + ".jpg.jpg", start + "x/" + photo.text() + ".jpg",
        "quarantine/jada/" + photo.text() + ".jpg", "quarantine//" + photo.text() + ".jpg",
        start + std::string(26, 'A') + ".jpg", start + std::string(26, '1') + ".jpg",
        start + photo.text().substr(1) + ".jpg"})
    EXPECT_FALSE(photo_named_by_key(other)) << other;
}

TEST(Photo, states_have_names) {
  testing::expect_names_round_trip<PhotoState>({{PhotoState::pending, "pending"},
                                                {PhotoState::received, "received"},
                                                {PhotoState::removed, "removed"}},
                                               photo_state_from);
}

TEST(Photo, uploads_open_with_the_booking_and_close_after_the_trip) {
  Charter charter = testing::example_charter();
  charter.booked_at = utc("2027-05-01T00:00:00Z");
  const UploadWindow window = upload_window(charter, 24);
  EXPECT_EQ(window.closes, utc("2027-06-01T02:30:00Z"));
  EXPECT_FALSE(window.contains(charter.booked_at - std::chrono::milliseconds(1)));
  EXPECT_TRUE(window.contains(charter.booked_at));
  EXPECT_TRUE(window.contains(window.closes - std::chrono::milliseconds(1)));
  EXPECT_FALSE(window.contains(window.closes));
}

TEST(Photo, a_form_ends_first_of_day_window_and_credentials) {
  const UploadWindow window{utc("2027-05-01T00:00:00Z"), utc("2027-06-01T02:30:00Z")};
  const base::Instant now = utc("2027-05-10T12:00:00Z");
  EXPECT_EQ(form_expiry(window, now, std::nullopt), now + hours(24));
  EXPECT_EQ(form_expiry(window, now, now + hours(48)), now + hours(24));
  EXPECT_EQ(form_expiry(window, now, now + hours(6)), now + hours(6));
  EXPECT_EQ(form_expiry(window, window.closes - hours(1), std::nullopt), window.closes);
  EXPECT_EQ(form_expiry(window, window.closes - hours(1), now), std::nullopt);
  EXPECT_EQ(form_expiry(window, window.closes, std::nullopt), std::nullopt);
  EXPECT_EQ(form_expiry(window, window.opens - hours(1), std::nullopt), std::nullopt);
  const base::Instant between = now + std::chrono::milliseconds(999);
  EXPECT_EQ(form_expiry(window, between, std::nullopt), now + hours(24));  // never a moment more
  EXPECT_EQ(form_expiry(window, now, between), std::nullopt);
}

TEST(Photo, a_charter_holds_so_many) {
  const base::Instant now = utc("2027-05-10T12:00:00Z");
  PhotoTally tally;
  Photo photo;
  photo.bytes = 10;
  photo.form_expires_at = now;
  add_to(tally, photo, now);  // its form has died: it will not come
  EXPECT_EQ(tally.count, 0);
  add_to(tally, photo, now - hours(1));
  photo.state = PhotoState::received;
  add_to(tally, photo, now);
  EXPECT_EQ(tally.count, 2);
  EXPECT_EQ(tally.bytes, 20);

  const auto room = [](int count, std::int64_t bytes, std::int64_t more) {
    const auto checked = check_room({count, bytes}, more);
    return checked ? std::string("room") : checked.error().code + checked.error().message;
  };
  EXPECT_EQ(room(499, 0, 1), "room");
  EXPECT_TRUE(room(500, 0, 1).starts_with("photos-full"));
  EXPECT_EQ(room(0, charter_photo_bytes_max - photo_bytes_max, photo_bytes_max), "room");
  EXPECT_TRUE(room(0, charter_photo_bytes_max - photo_bytes_max + 1, photo_bytes_max)
                  .starts_with("photos-full"));
  for (const std::int64_t size : {std::int64_t{0}, std::int64_t{-1}, photo_bytes_max + 1})
    EXPECT_EQ(room(0, 0, size), "must be between 1 and 26214400");
}

}  // namespace
}  // namespace domain
