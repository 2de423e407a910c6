// Photo: one picture a guest sends straight into the object store.
//
//   (presign_photo) ─> pending ─(receive_photo)─> received
//                         └──(check_photo: it never came)──> forgotten
//
// Always: the key is ours and cannot be guessed; it stands under a prefix that no page serves.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

#include "domain/charter.h"
#include "domain/ids.h"

namespace domain {

struct Tenant;

inline constexpr std::uint64_t photo_bytes_max = 26'214'400;  // 25 MiB
inline constexpr std::size_t photos_per_charter_max = 300;
inline constexpr std::uint64_t photo_bytes_per_charter_max = std::uint64_t{4} << 30;
inline constexpr std::size_t photo_filename_length_max = 200;  // code points
inline constexpr std::chrono::hours photo_form_lives{24};
// The longest that an upload begun with a living form may take.
inline constexpr std::chrono::hours photo_upload_takes{1};

enum class PhotoState { pending, received };
std::string_view name_of(PhotoState state);
std::optional<PhotoState> photo_state_from(std::string_view name);

struct Photo {
  PhotoId id;  // 16 characters of base32, made from randomness
  CharterId charter;
  std::string filename;      // as the guest's device calls it; never part of a path
  std::string content_type;  // "image/jpeg"
  std::uint64_t bytes = 0;   // pending: as announced; received: as there are
  std::string key;           // of the object: "quarantine/{charter}/{id}.jpg"
  PhotoState state = PhotoState::pending;
  base::Instant asked_at;
  base::Instant form_expires_at;
  std::optional<base::Instant> received_at;
};

// JPEG, PNG, WebP, HEIC, HEIF and AVIF, of 1 to photo_bytes_max bytes. Each fault names its field.
std::vector<base::Fault> faults_of_photo(std::string_view filename, std::string_view content_type,
                                         std::uint64_t bytes);

std::string photo_key(const Photo& photo);
struct PhotoName {
  CharterId charter;
  PhotoId photo;
};
// What a key names; nullopt: it is none of photo_key.
std::optional<PhotoName> photo_named(std::string_view key);

// A charter takes photos from its booking until then.
base::Instant uploads_close_at(const Charter& charter, const Tenant& tenant);

}  // namespace domain
