// What somebody who is asked for a seat may see of the trip before they are aboard: when, where, on
// which boat and as what. No guest's name, no notes, no crew, no money.
#pragma once

#include "domain/call.h"
#include "domain/views.h"

namespace domain {

struct AskView {
  std::string operator_name;
  std::string charter;  // id
  std::string boat;
  Place place;
  base::Moment starts;
  base::Moment ends;
  int party_size = 0;
  std::string reader_name;
  std::string role;
  Revision asked = 1;
  base::Moment until;  // when the next is asked; a yes after that counts if the seat is still open
  // Open also when the reader's time is over, as long as the seat is.
  enum class Seat { open, taken, closed, called_off, over } seat = Seat::open;
  AskMode mode = AskMode::one;
  bool has_time = true;  // until when they were asked is still ahead
  Answer answer = Answer::none;
  std::string refusal;  // of what the reader has just sent; empty: none
};

struct AskMailView {
  AskView page;
  std::string magic_link;
  bool is_another_trip = false;  // than they were asked about
};

}  // namespace domain
