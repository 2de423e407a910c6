// Asset links: addresses of styles, scripts and icons. Always: the address holds a digest of the
// bytes, so an answer may be kept for ever and a new release brings new addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace app {

struct ServedAsset {
  std::string_view bytes;
  std::string_view content_type;
};

// "style.css" -> "/assets/style.0123456789ab.css". An unknown name leads to "/assets/missing".
const std::string& asset_href(std::string_view name);

// For integrity="…" (W3C Subresource Integrity); empty for an unknown name.
const std::string& asset_integrity(std::string_view name);
// nullopt: no asset has this address now. Words and templates are never served.
std::optional<ServedAsset> asset_by_path(std::string_view path);

}  // namespace app
