// The guests' way to a form for one photo, and the owner's list of what came.
#pragma once

#include "web/calls.h"

namespace web {

// POST /g/{slug}/photos/presign
base::Response post_presign(const PublicCall& call);
// GET /photos/key: how the owner's own programs reach the photos, as S3 clients.
base::Response get_photos_key(const OwnerCall& call);
// GET /charters/{id}/photos
base::Response get_photos(const OwnerCall& call);
// GET /charters/{id}/photos/{photo}: the bytes as they came. Always: as a download, never shown by
// a browser, because nobody has looked into them yet.
base::Response get_photo(const OwnerCall& call);
// DELETE /charters/{id}/photos/{photo}
base::Response delete_photo(const OwnerCall& call);

}  // namespace web
