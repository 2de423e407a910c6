#include "app/page_parts.h"

#include "app/asset_links.h"

namespace app {

using base::html::attribute;
using base::html::text;
using base::html::url;

void write_page_head(base::html::Page& page, const PageHead& head) {
  page << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"robots\" content=\"noindex,nofollow\">\n"
          "<meta name=\"referrer\" content=\"same-origin\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>"
       << text(head.title) << "</title>\n";
  if (!head.description.empty())
    page << "<meta property=\"og:title\"" << attribute("content", head.title)
         << ">\n<meta property=\"og:description\"" << attribute("content", head.description)
         << ">\n";
  page << "<link rel=\"stylesheet\"" << url("href", asset_href("style.css")) << ">\n";
  if (!head.style.empty())
    page << "<link rel=\"stylesheet\"" << url("href", asset_href(head.style)) << ">\n";
  page << "<link rel=\"stylesheet\" media=\"print\"" << url("href", asset_href("print.css"))
       << ">\n<link rel=\"icon\" type=\"image/svg+xml\"" << url("href", asset_href("icon.svg"))
       << ">\n";
  if (head.script == PageScript::crew)
    page << "<script defer" << url("src", asset_href("ticks.js")) << "></script>\n<script defer"
         << url("src", asset_href("crew.js")) << "></script>\n";
  if (head.script == PageScript::guest)
    page << "<script defer" << url("src", asset_href("guest.js")) << "></script>\n";
  page << "</head>\n<body>\n";
}

void write_masthead(base::html::Page& page, std::string_view operator_name, std::string_view title,
                    std::string_view below) {
  page << "<header class=\"masthead\">\n<div class=\"column\">\n";
  if (!operator_name.empty()) page << "<p class=\"house\">" << text(operator_name) << "</p>\n";
  page << "<h1>" << text(title) << "</h1>\n";
  if (!below.empty()) page << "<p class=\"below\">" << text(below) << "</p>\n";
  page << "</div>\n</header>\n";
}

void write_page_end(base::html::Page& page) {
  page << "</body>\n</html>\n";
}

void write_fact(base::html::Page& page, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  page << "<div><dt>" << text(label) << "</dt><dd>" << text(value) << "</dd></div>\n";
}

void write_time(base::html::Page& page, const base::Moment& moment, std::string_view said) {
  page << "<time" << attribute("datetime", base::format_offset_time(moment)) << ">" << text(said)
       << "</time>";
}

}  // namespace app
