/** Memory in pieces that are all given back at once. */

/** Behind each piece, so that 16 bytes can be loaded or stored at its last one. */
const slack: usize = 64
const pageBytes: usize = 65536
const start: usize = (__heap_base + 15) & ~15

let next: usize = start

/** The address, a multiple of 16, of a piece of `bytes`. Its content is what was there before. */
export function reserve(bytes: usize): usize {
  const at = next
  const end: u64 = <u64>at + bytes + slack
  const has: u64 = <u64>memory.size() * pageBytes
  if (end > has) {
    const pages: u64 = (end - has + pageBytes - 1) / pageBytes
    if (pages > 65535 || memory.grow(<i32>pages) < 0) unreachable()
  }
  next = (<usize>end + 15) & ~15
  return at
}

/** Gives every piece back. */
export function release(): void {
  next = start
}
