#include "app/render_message_pages.h"

#include "base/words.h"

#include "app/page_parts.h"

namespace app {
namespace {

struct Message {
  std::string title;
  std::string text;
};

Message message_of(MessagePage which, const base::Words& words) {
  switch (which) {
    case MessagePage::not_found:
      return {words.say("message.not_found"), words.say("message.not_found_text")};
    case MessagePage::dead_link:
      return {words.say("message.dead_link"), words.say("message.dead_link_text")};
    case MessagePage::link_needed:
      return {words.say("message.link_needed"), words.say("message.link_needed_text")};
  }
  return {};
}

}  // namespace

std::string render_message_page(MessagePage which) {
  const Message message = message_of(which, base::Words::of("en"));
  base::html::Page page(2048);
  write_page_head(page, {message.title, {}, PageScript::none});
  write_masthead(page, {}, message.title, {});
  page << "<main class=\"column\">\n<p class=\"message\">" << base::html::text(message.text)
       << "</p>\n</main>\n";
  write_page_end(page);
  return std::move(page).bytes();
}

}  // namespace app
