// Replies: values and errors become answers. The one mapping of errors to HTTP. Source: RFC 9457.
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/json.h"

namespace web {

base::Response json_reply(int status, const base::json::value& body);
base::Response json_text_reply(int status, std::string body);
base::Response html_reply(int status, std::string body);
base::Response redirect(int status, std::string_view location);

base::Response problem(const base::Error& error);
base::Response problem(int status, std::string_view code, std::string_view detail);
int status_of(const base::Error& error);

// Scripts of this page may post to another origin too. Called before add_common_headers.
void allow_posts_to(base::Response& response, const std::string& origin);
// Headers that every answer carries; those that are there already stay.
void add_common_headers(base::Response& response);

// Whether the caller would rather read HTML: a browser.
bool prefers_html(const base::RequestHead& head);

}  // namespace web

// The value of a Result, or answer its error from the handler around.
#define WEB_TRY_(expression, name)                               \
  __extension__({                                                \
    auto name = (expression);                                    \
    if (!(name)) return ::web::problem(std::move(name).error()); \
    std::move(name).value();                                     \
  })
#define WEB_TRY(expression) WEB_TRY_(expression, BASE_JOIN(web_try_, __COUNTER__))
