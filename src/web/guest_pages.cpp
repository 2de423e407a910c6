#include "web/guest_pages.h"

#include "domain/edge.h"

#include "app/guest_files.h"
#include "app/render_message_pages.h"

#include "web/page_cache.h"
#include "web/replies.h"

namespace web {

using base::Response;
using base::Result;

namespace {

Result<Response> render(const app::World& world, const app::GuestPage& page, bool calendar) {
  Response response;
  if (calendar) {
    response.body = TRY(app::guest_calendar(world, page));
    response.set("Content-Type", "text/calendar; charset=utf-8");
    response.set("Content-Disposition",
                 "attachment; filename=\"" + page.charter.slug.text() + ".ics\"");
  } else {
    response = html_reply(200, app::guest_html(page));
    allow_posts_to(response, world.objects->form_origin());
  }
  response.set("Cache-Control", domain::page_caching);
  response.set("ETag", etag_of(response.body));
  response.set("Vary", "Accept-Encoding");
  add_common_headers(response);
  return response;
}

Response serve(const PublicCall& call, std::string_view object) {
  const bool calendar = object.ends_with(".ics");
  const std::size_t ending = calendar ? 4 : 5;
  const std::string name(object.substr(1, object.size() - 1 - ending));
  const std::uint64_t generation = call.pages.generation();
  const auto page = WEB_TRY(app::find_guest_page(call.store, call.world, name));
  if (!page) return no_guest_page(object);
  if (page->slug.text() != name)
    return redirect(308, "/g/" + page->slug.text() + (calendar ? ".ics" : ".html"));
  Response response = WEB_TRY(render(call.world, *page, calendar));
  call.pages.put(
      {call.request.head.host, call.request.head.path, page->charter.id, page->gone_at, response},
      generation, call.world.now());
  return response;
}

}  // namespace

Response no_guest_page(std::string_view path) {
  if (path.ends_with(".json")) return problem(404, "not-found", "There is no such address");
  if (!path.ends_with(".ics"))
    return html_reply(404, app::render_message_page(app::MessagePage::not_found));
  Response response;
  response.status = 404;
  response.body = "Not found\n";
  response.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response get_guest_page(const PublicCall& call) {
  const std::string& path = call.request.head.path;
  const domain::EdgeAnswer edge = domain::edge_answer(path);
  switch (edge.kind) {
    case domain::EdgeAnswer::Kind::object:
      return serve(call, edge.target);
    case domain::EdgeAnswer::Kind::redirect:
      return redirect(308, edge.target);
    case domain::EdgeAnswer::Kind::not_found:
    case domain::EdgeAnswer::Kind::pass:
      break;
  }
  return no_guest_page(path);
}

}  // namespace web
