#include "app/asset_links.h"

#include <map>

#include "base/assets.h"
#include "base/crypto.h"

namespace app {
namespace {

constexpr std::size_t digest_letters = 12;

std::string_view content_type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return {};
}

struct Links {
  std::map<std::string, std::string, std::less<>> hrefs;      // by name
  std::map<std::string, std::string, std::less<>> integrity;  // by name
  std::map<std::string, ServedAsset, std::less<>> served;     // by address
};

const Links& links() {
  static const Links all = [] {
    Links made;
    for (const base::Asset& asset : base::assets()) {
      const std::string_view type = content_type_of(asset.name);
      if (type.empty()) continue;
      const auto dot = asset.name.rfind('.');
      const base::Digest digest = base::sha256(asset.bytes);
      std::string href = "/assets/" + std::string(asset.name.substr(0, dot)) + '.';
      href += base::hex(base::bytes_of(digest)).substr(0, digest_letters);
      href += asset.name.substr(dot);
      made.served.emplace(href, ServedAsset{asset.bytes, type});
      made.hrefs.emplace(asset.name, std::move(href));
      made.integrity.emplace(asset.name, "sha256-" + base::base64(base::bytes_of(digest)));
    }
    return made;
  }();
  return all;
}

}  // namespace

const std::string& asset_href(std::string_view name) {
  static const std::string missing = "/assets/missing";
  const auto found = links().hrefs.find(name);
  return found == links().hrefs.end() ? missing : found->second;
}

const std::string& asset_integrity(std::string_view name) {
  static const std::string missing;
  const auto found = links().integrity.find(name);
  return found == links().integrity.end() ? missing : found->second;
}

std::optional<ServedAsset> asset_by_path(std::string_view path) {
  const auto found = links().served.find(path);
  if (found == links().served.end()) return std::nullopt;
  return found->second;
}

}  // namespace app
