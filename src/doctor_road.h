// doctor --url: sends what fairlead needs to see down the road to a server, and says what of it the
// road eats and which setting of CloudFront's mends it, a line for each thing. Needs no data
// folder. Always: proves nothing and changes nothing on the server; every probe carries
// web::road_word in place of a secret.
#pragma once

#include <string>

#include "commands.h"

namespace fairlead {

// url: "https://ops.example", without a path. Exit code 0 only when everything arrives; 2 when the
// url is none.
Said examine_road(const std::string& url);

}  // namespace fairlead
