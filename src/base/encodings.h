// Content codings: what a client takes, and texts packed for it once so that they can be sent
// often. Always: identity is taken by everybody. Sources: RFC 9110 §8.4 and §12.5.3, RFC 1952, RFC
// 7932.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace base {

// From the smallest answer to the largest.
enum class Encoding { brotli, gzip, identity };
inline constexpr std::array<Encoding, 3> encodings = {Encoding::brotli, Encoding::gzip,
                                                      Encoding::identity};
std::string_view name_of(Encoding encoding);  // "br", "gzip", "identity"

// The first of the three that an Accept-Encoding value takes.
Encoding best_encoding(std::string_view accept_encoding);

// quality: 0 (quick) to 11 (small), brotli's scale.
std::string encoded(std::string_view text, Encoding encoding, int quality);

}  // namespace base
