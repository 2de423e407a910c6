// presign_photo: a guest asks to send one photo; a pending photo is committed and a form is signed
// with which the browser posts it straight to the object store.
// Always: the key of the object is ours alone, and the form lives no longer than the window in
// which the charter takes photos; a call that is repeated under its key has the photo of the first,
// and a form signed anew: forms are not kept. Refuses: not_found, the same for an unknown page, a
// missing or wrong guest key and a closed window; invalid, naming the field; limited when the
// charter has its photos.
#pragma once

#include "domain/photo.h"

#include "ports/tenant_store.h"

#include "app/idempotency.h"
#include "app/world.h"

namespace app {

struct PhotoRequest {
  std::string page_name;  // "boatsetter-may-30"
  std::string guest_key;
  std::string filename;
  std::string content_type;
  std::int64_t bytes = 0;
  std::optional<CallKey> call;
};
struct PresignedPhoto {
  domain::Photo photo;
  ports::PostForm form;
  enum class Source { made, repeated };
  Source source = Source::made;
};
base::Result<PresignedPhoto> presign_photo(const ports::TenantStore& store, const World& world,
                                           const PhotoRequest& request);

}  // namespace app
