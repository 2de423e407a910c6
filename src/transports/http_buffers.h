// Buffers: blocks of memory that connections of one I/O thread borrow while bytes are there.
// InputBuffer: what one connection has read and nobody has used yet. Always: an idle connection
// holds no block; free blocks are given back to the system little by little. Refuses: more large
// blocks than large_blocks_max; whoever gets none goes on with a small one, only slower.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "transports/http_options.h"

namespace transports {

inline constexpr std::size_t small_block_bytes = head_bytes_max;
// A body's pieces become writes of this size. Linux keeps pages of up to 32 KiB at hand for each
// processor; larger writes take larger ones from afar, which on a virtual machine made a gigabyte
// cost 0.5 to 2.7 seconds of processor time, as it happened, instead of 0.8.
inline constexpr std::size_t large_block_bytes = std::size_t{32} * 1024;
inline constexpr std::size_t large_blocks_max = 64;
inline constexpr std::size_t small_blocks_kept_max = 64;

using Block = std::unique_ptr<char[]>;

class Buffers {
 public:
  Block small() { return taken_from(small_, small_block_bytes); }
  // nullptr: all are lent.
  Block large() {
    if (large_lent_ == large_blocks_max) return nullptr;
    Block block = taken_from(large_, large_block_bytes);
    ++large_lent_;
    return block;
  }
  void give_back(Block block, std::size_t bytes) {
    if (bytes == large_block_bytes) {
      --large_lent_;
      large_.push_back(std::move(block));
    } else if (small_.size() < small_blocks_kept_max) {
      small_.push_back(std::move(block));
    }
  }
  // Called now and then: lets go of one block of each kind that nobody needs.
  void trim() {
    if (!small_.empty()) small_.pop_back();
    if (!large_.empty()) large_.pop_back();
  }

 private:
  static Block taken_from(std::vector<Block>& free, std::size_t bytes) {
    if (free.empty()) return Block(new char[bytes]);
    Block block = std::move(free.back());
    free.pop_back();
    return block;
  }

  std::vector<Block> small_;
  std::vector<Block> large_;
  std::size_t large_lent_ = 0;
};

// In one block: first what is kept for a worker, then what has been read and not looked at.
class InputBuffer {
 public:
  explicit InputBuffer(Buffers& buffers) : buffers_(buffers) {}
  ~InputBuffer() { swap_block(nullptr, 0); }
  InputBuffer(const InputBuffer&) = delete;
  InputBuffer& operator=(const InputBuffer&) = delete;

  std::string_view bytes() const { return {block_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  bool full() const { return capacity_ > 0 && kept_ + (end_ - begin_) == capacity_; }
  bool is_large() const { return capacity_ == large_block_bytes; }
  void consume(std::size_t count) { begin_ += count; }
  void clear() { begin_ = end_ = kept_; }

  // The next bytes stay, behind those kept already, until they are dropped.
  void keep(std::size_t count) {
    if (begin_ != kept_) std::memmove(block_.get() + kept_, block_.get() + begin_, count);
    kept_ += count;
    begin_ += count;
  }
  std::string_view kept() const { return {block_.get(), kept_}; }
  void drop_kept() { kept_ = 0; }

  // Where the next bytes may be read to; then filled() says how many there were.
  std::span<char> space() {
    if (!block_) swap_block(buffers_.small(), small_block_bytes);
    if (empty()) {
      begin_ = end_ = kept_;
    } else if (end_ == capacity_) {
      move_to(block_.get());
    }
    return {block_.get() + end_, capacity_ - end_};
  }
  void filled(std::size_t count) { end_ += count; }

  // A large block instead of a small one; false: there is none.
  bool widen() {
    if (is_large()) return false;
    Block block = buffers_.large();
    if (!block) return false;
    swap_block(std::move(block), large_block_bytes);
    return true;
  }
  // The smallest block that holds what is there; none for nothing.
  void narrow() {
    const std::size_t held = kept_ + (end_ - begin_);
    if (held == 0) {
      swap_block(nullptr, 0);
    } else if (is_large() && held < small_block_bytes) {
      swap_block(buffers_.small(), small_block_bytes);
    }
  }

 private:
  void move_to(char* target) {
    if (kept_ > 0 && target != block_.get()) std::memcpy(target, block_.get(), kept_);
    if (!empty()) std::memmove(target + kept_, block_.get() + begin_, end_ - begin_);
    end_ = kept_ + (end_ - begin_);
    begin_ = kept_;
  }
  void swap_block(Block block, std::size_t bytes) {
    if (block) {
      move_to(block.get());
    } else {
      begin_ = end_ = kept_ = 0;
    }
    std::swap(block, block_);
    std::swap(bytes, capacity_);
    if (block) buffers_.give_back(std::move(block), bytes);
  }

  Buffers& buffers_;
  Block block_;
  std::size_t capacity_ = 0;
  std::size_t kept_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace transports
