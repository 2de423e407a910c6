#include "domain/photo.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/text.h"

namespace domain {

namespace {

constexpr std::string_view prefix = "quarantine/";
constexpr std::size_t photo_id_length = 26;

struct TypeRow {
  PhotoType type;
  std::string_view content_type;
  std::string_view extension;
};
constexpr std::array<TypeRow, 6> types{{{PhotoType::jpeg, "image/jpeg", "jpg"},
                                        {PhotoType::png, "image/png", "png"},
                                        {PhotoType::webp, "image/webp", "webp"},
                                        {PhotoType::heic, "image/heic", "heic"},
                                        {PhotoType::heif, "image/heif", "heif"},
                                        {PhotoType::avif, "image/avif", "avif"}}};

const TypeRow& row_of(PhotoType type) {
  return types[static_cast<std::size_t>(type)];
}

std::optional<PhotoType> type_with_extension(std::string_view extension) {
  const auto row = std::ranges::find(types, extension, &TypeRow::extension);
  return row == types.end() ? std::nullopt : std::optional(row->type);
}

bool is_one_of(std::string_view brand, std::initializer_list<std::string_view> brands) {
  return std::ranges::find(brands, brand) != brands.end();
}

// A file of boxes (ISO/IEC 14496-12) begins with its brands: the main one, then those it also is.
std::optional<PhotoType> type_by_brands(std::string_view head) {
  std::size_t box = 0;
  for (const char c : head.substr(0, 4)) box = box << 8 | static_cast<unsigned char>(c);
  std::vector<std::string_view> brands{head.substr(8, 4)};
  for (std::size_t at = 16; at + 4 <= std::min(box, head.size()); at += 4)
    brands.push_back(head.substr(at, 4));
  bool still = false;
  for (const std::string_view one : brands) {
    if (is_one_of(one, {"avif", "avis"})) return PhotoType::avif;
    if (is_one_of(one, {"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"}))
      return PhotoType::heic;
    still = still || is_one_of(one, {"mif1", "mif2", "msf1"});
  }
  return still ? std::optional(PhotoType::heif) : std::nullopt;
}

// Marks that turn the direction of what follows can make a name read as another's: U+202A..202E,
// U+2066..2069.
bool turns_direction(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('\xE2', at)) != std::string_view::npos; ++at) {
    const std::string_view mark = text.substr(at, 3);
    if (mark >= "\xE2\x80\xAA" && mark <= "\xE2\x80\xAE") return true;
    if (mark >= "\xE2\x81\xA6" && mark <= "\xE2\x81\xA9") return true;
  }
  return false;
}

}  // namespace

std::string_view content_type_of(PhotoType type) {
  return row_of(type).content_type;
}

std::optional<PhotoType> photo_type_from(std::string_view content_type) {
  const auto row = std::ranges::find(types, content_type, &TypeRow::content_type);
  return row == types.end() ? std::nullopt : std::optional(row->type);
}

std::string_view extension_of(PhotoType type) {
  return row_of(type).extension;
}

std::optional<PhotoType> photo_type_named_by(std::string_view filename) {
  const auto dot = filename.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string extension = base::lowered(filename.substr(dot + 1));
  if (is_one_of(extension, {"jpeg", "jpe", "jfif"})) return PhotoType::jpeg;
  return type_with_extension(extension);
}

std::optional<PhotoType> sniffed_photo_type(std::string_view head) {
  if (head.starts_with("\xFF\xD8\xFF")) return PhotoType::jpeg;
  if (head.starts_with("\x89PNG\r\n\x1A\n")) return PhotoType::png;
  if (head.size() < 12) return std::nullopt;
  if (head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return PhotoType::webp;
  if (head.substr(4, 4) == "ftyp") return type_by_brands(head.substr(0, photo_head_bytes));
  return std::nullopt;
}

bool looks_like(PhotoType type, std::string_view head) {
  const auto is_heic_or_heif = [](PhotoType one) {
    return one == PhotoType::heic || one == PhotoType::heif;
  };
  const auto sniffed = sniffed_photo_type(head);
  return sniffed && (*sniffed == type || (is_heic_or_heif(type) && is_heic_or_heif(*sniffed)));
}

base::Result<std::string> cleaned_filename(std::string_view sent) {
  const auto refused = [](std::string why) { return base::invalid("filename", std::move(why)); };
  if (!base::is_utf8(sent)) return refused("is not UTF-8");
  if (base::has_control_characters(sent)) return refused("contains a control character");
  if (turns_direction(sent)) return refused("contains a mark that turns the text's direction");
  const auto folder = sent.find_last_of("/\\");
  const std::string_view name =
      base::trimmed(folder == std::string_view::npos ? sent : sent.substr(folder + 1));
  if (name.empty() || name == "." || name == "..") return refused("must not be empty");
  if (base::length_utf8(name) > photo_filename_length_max)
    return refused("is longer than " + std::to_string(photo_filename_length_max) + " characters");
  return std::string(name);
}

std::string_view name_of(PhotoState state) {
  switch (state) {
    case PhotoState::pending:
      return "pending";
    case PhotoState::received:
      return "received";
    case PhotoState::removed:
      return "removed";
  }
  return "";
}

std::optional<PhotoState> photo_state_from(std::string_view name) {
  for (const PhotoState state : {PhotoState::pending, PhotoState::received, PhotoState::removed})
    if (name_of(state) == name) return state;
  return std::nullopt;
}

Photo removed(Photo photo) {
  photo.state = PhotoState::removed;
  photo.deed = {};
  photo.filename.clear();
  return photo;
}

PhotoId photo_id_from(std::string_view random_bytes) {
  return PhotoId(base::base32(random_bytes.substr(0, photo_id_bytes)));
}

std::string photo_key(const CharterId& charter, const PhotoId& photo, PhotoType type) {
  return std::string(prefix) + charter.text() + "/" + photo.text() + "." +
         std::string(extension_of(type));
}

std::string photo_key(const Photo& photo) {
  return photo_key(photo.charter, photo.id, photo.type);
}

std::optional<PhotoName> photo_named_by_key(std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto parts = base::split(key.substr(prefix.size()), '/');
  if (parts.size() != 2 || parts[1].size() <= photo_id_length + 1) return std::nullopt;
  CharterId charter{std::string(parts[0])};
  const std::string_view id = parts[1].substr(0, photo_id_length);
  const auto type = type_with_extension(parts[1].substr(photo_id_length + 1));
  const bool is_id = base::lowered(id) == id && base::base32_decoded(id).has_value();
  if (!tenant_of(charter) || !is_id || parts[1][photo_id_length] != '.' || !type)
    return std::nullopt;
  return PhotoName{std::move(charter), PhotoId(std::string(id)), *type};
}

UploadWindow upload_window(const Charter& charter, int close_hours_after) {
  return {charter.booked_at, charter.ends.utc + std::chrono::hours(close_hours_after)};
}

std::optional<base::Instant> form_expiry(const UploadWindow& window, base::Instant now,
                                         std::optional<base::Instant> credentials_end) {
  if (!window.contains(now)) return std::nullopt;
  base::Instant end = std::min(now + photo_form_lifetime, window.closes);
  if (credentials_end) end = std::min(end, *credentials_end);
  end = std::chrono::floor<std::chrono::seconds>(end);
  return end > now ? std::optional(end) : std::nullopt;
}

void add_to(PhotoTally& tally, const Photo& photo, base::Instant now) {
  if (photo.state == PhotoState::pending && photo.form_expires_at <= now) return;
  tally.count += 1;
  tally.bytes += photo.bytes;
}

base::Result<void> check_room(const PhotoTally& tally, std::int64_t bytes) {
  if (bytes < photo_bytes_min || bytes > photo_bytes_max)
    return base::invalid("bytes", "must be between " + std::to_string(photo_bytes_min) + " and " +
                                      std::to_string(photo_bytes_max));
  if (tally.count >= charter_photos_max || tally.bytes + bytes > charter_photo_bytes_max)
    return base::Error{base::Kind::limited, "This trip has as many photos as it can hold",
                       "photos-full"};
  return base::ok();
}

}  // namespace domain
