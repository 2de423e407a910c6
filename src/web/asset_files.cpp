#include "web/asset_files.h"

#include "app/asset_links.h"

#include "web/page_cache.h"
#include "web/replies.h"

namespace web {

base::Response get_asset(const PublicCall& call) {
  const auto asset = app::asset_by_path(call.request.head.path);
  if (!asset) return problem(404, "not-found", "There is no such asset");
  base::Response response;
  response.body = std::string(asset->bytes);
  response.set("Content-Type", asset->content_type);
  response.set("Cache-Control", "public, max-age=31536000, immutable");
  response.set("ETag", etag_of(response.body));
  response.set("Vary", "Accept-Encoding");
  add_common_headers(response);
  call.pages.put(
      {call.request.head.host, call.request.head.path, {}, base::Instant::max(), response},
      call.pages.generation(), call.world.now());
  return response;
}

}  // namespace web
