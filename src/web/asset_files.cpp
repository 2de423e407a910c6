#include "web/asset_files.h"

#include "base/assets.h"

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

// It sends ticks itself when a page is closed, so it has what the page has, in one file.
base::Response get_worker(const PublicCall& /*call*/) {
  base::Response response;
  for (const std::string_view name : {"ticks.js", "worker.js"})
    response.body += base::asset(name).value_or(std::string_view());
  response.set("Content-Type", "text/javascript; charset=utf-8");
  response.set("Cache-Control", "no-cache");
  return response;
}

}  // namespace web
