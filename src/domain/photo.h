// Photo: a picture of a trip that a guest sends, and the rules of sending: types, sizes, names,
// the window of time, how many.
//
//   (presign) ──> pending ──(the object store has it)──> received
//                    │                                      │
//                    └──── remove_photo, undo_deed ─────────┴──> removed
//
// Always: a photo's object has a key of its own, which nobody can guess and nobody else's form can
// write; what guests sent lies under quarantine/ and is never served to guests.
// Refuses: other types, empty or larger files, names with control characters, a form outside the
// window, more than a charter holds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

#include "domain/charter.h"
#include "domain/ids.h"

namespace domain {

inline constexpr std::int64_t photo_bytes_min = 1;
inline constexpr std::int64_t photo_bytes_max = 26'214'400;
inline constexpr std::size_t photo_filename_length_max = 200;  // code points
inline constexpr int charter_photos_max = 500;
inline constexpr std::int64_t charter_photo_bytes_max = 4'294'967'296;
inline constexpr std::chrono::hours photo_form_lifetime{24};
// What sniffed_photo_type wants to see; fewer are fine for a shorter file.
inline constexpr std::size_t photo_head_bytes = 64;

enum class PhotoType { jpeg, png, webp, heic, heif, avif };

std::string_view content_type_of(PhotoType type);  // "image/jpeg"
// The exact content type, in lower case; nullopt: not allowed.
std::optional<PhotoType> photo_type_from(std::string_view content_type);
std::string_view extension_of(PhotoType type);  // "jpg"
// By the extension of a file's name, in any case: for browsers that know no type for HEIC.
std::optional<PhotoType> photo_type_named_by(std::string_view filename);
// The types in words, for a person who sent another.
inline constexpr std::string_view photo_types_in_words = "JPEG, PNG, WebP, HEIC or AVIF";

// What the first bytes of a file say it is. nullopt: none of the types.
std::optional<PhotoType> sniffed_photo_type(std::string_view head);
// Whether a file that begins so can be of the type. HEIC and HEIF share brands, so they pass for
// each other.
bool looks_like(PhotoType type, std::string_view head);

// The name to show: without the folders that some browsers send. Errors: invalid, field
// "filename": empty, too long, not UTF-8, with control or text-direction characters.
base::Result<std::string> cleaned_filename(std::string_view sent);

enum class PhotoState { pending, received, removed };
std::string_view name_of(PhotoState state);
std::optional<PhotoState> photo_state_from(std::string_view name);

struct Photo {
  PhotoId id;
  CharterId charter;
  std::string filename;
  PhotoType type = PhotoType::jpeg;
  std::int64_t bytes = 0;  // pending: as announced; received: as stored
  PhotoState state = PhotoState::pending;
  base::Instant asked_at;
  base::Instant form_expires_at;
  std::optional<base::Instant> received_at;
  DeedId deed = {};  // the deed in the audit trail by which it was received
};

// The photo as its record stands when it is taken away: without its sender's words.
Photo removed(Photo photo);

inline constexpr std::size_t photo_id_bytes = 16;
// From photo_id_bytes random bytes: 26 characters of base32.
PhotoId photo_id_from(std::string_view random_bytes);

// "quarantine/jada.7k3m2q/{photo}.jpg"
std::string photo_key(const CharterId& charter, const PhotoId& photo, PhotoType type);
std::string photo_key(const Photo& photo);
struct PhotoName {
  CharterId charter;
  PhotoId photo;
  PhotoType type = PhotoType::jpeg;
};
// What a key says; nullopt: not a photo's.
std::optional<PhotoName> photo_named_by_key(std::string_view key);

// From confirmation to some hours after the trip's end. The end itself is outside.
struct UploadWindow {
  base::Instant opens;
  base::Instant closes;
  bool contains(base::Instant now) const { return opens <= now && now < closes; }
};
UploadWindow upload_window(const Charter& charter, int close_hours_after);

// When a form made now ends: in 24 h, but never past the window nor past the signer's credentials.
// Whole seconds. nullopt: no form can be made now.
std::optional<base::Instant> form_expiry(const UploadWindow& window, base::Instant now,
                                         std::optional<base::Instant> credentials_end);

// What a charter's photos take up: those received, and those pending whose form is alive.
struct PhotoTally {
  int count = 0;
  std::int64_t bytes = 0;
};
// Takes a photo into the tally if it counts at this instant.
void add_to(PhotoTally& tally, const Photo& photo, base::Instant now);
// Errors: invalid, field "bytes", for a size out of range; limited (code "photos-full") for more
// than a charter holds.
base::Result<void> check_room(const PhotoTally& tally, std::int64_t bytes);

}  // namespace domain
