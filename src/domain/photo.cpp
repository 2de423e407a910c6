#include "domain/photo.h"

#include <array>

#include "base/text.h"

#include "domain/tenant.h"

namespace domain {

namespace {

struct PhotoType {
  std::string_view content_type;
  std::string_view ending;
};
constexpr std::array<PhotoType, 6> photo_types = {{{"image/jpeg", ".jpg"},
                                                   {"image/png", ".png"},
                                                   {"image/webp", ".webp"},
                                                   {"image/heic", ".heic"},
                                                   {"image/heif", ".heif"},
                                                   {"image/avif", ".avif"}}};
constexpr std::string_view key_prefix = "quarantine/";

std::string_view ending_for(std::string_view content_type) {
  for (const PhotoType& type : photo_types)
    if (type.content_type == content_type) return type.ending;
  return {};
}

}  // namespace

std::string_view name_of(PhotoState state) {
  return state == PhotoState::pending ? "pending" : "received";
}

std::optional<PhotoState> photo_state_from(std::string_view name) {
  for (const PhotoState state : {PhotoState::pending, PhotoState::received})
    if (name == name_of(state)) return state;
  return std::nullopt;
}

std::vector<base::Fault> faults_of_photo(std::string_view filename, std::string_view content_type,
                                         std::uint64_t bytes) {
  std::vector<base::Fault> faults;
  if (filename.empty() || base::length_utf8(filename) > photo_filename_length_max)
    faults.push_back({"filename", "must have 1 to 200 characters"});
  if (ending_for(content_type).empty())
    faults.push_back({"content_type",
                      "must be image/jpeg, image/png, image/webp, image/heic, image/heif or "
                      "image/avif"});
  if (bytes < 1 || bytes > photo_bytes_max)
    faults.push_back({"bytes", "must be 1 to 26214400 (25 MiB)"});
  return faults;
}

std::string photo_key(const Photo& photo) {
  return std::string(key_prefix) + photo.charter.text() + "/" + photo.id.text() +
         std::string(ending_for(photo.content_type));
}

std::optional<PhotoName> photo_named(std::string_view key) {
  if (!key.starts_with(key_prefix)) return std::nullopt;
  const auto parts = base::split(key.substr(key_prefix.size()), '/');
  if (parts.size() != 2) return std::nullopt;
  const std::size_t dot = parts[1].rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  return PhotoName{CharterId(std::string(parts[0])), PhotoId(std::string(parts[1].substr(0, dot)))};
}

base::Instant uploads_close_at(const Charter& charter, const Tenant& tenant) {
  return charter.ends.utc + std::chrono::hours(tenant.upload_close_hours_after);
}

}  // namespace domain
