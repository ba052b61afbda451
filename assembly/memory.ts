/** The arena: a bump allocator behind the program's image, dropped with the instance. */

/** Where a program's image starts; the module's static tables lie below. */
export const PROGRAM_BASE: usize = 65536;

let top: usize = PROGRAM_BASE;

/** Start of the first page that no table or image uses; set once by the loader of the image. */
export function setArena(start: usize): void {
  top = (start + 15) & ~15;
}

/** A zeroed (fresh) block of `bytes` bytes, aligned to 16. Grows the memory; traps when the host refuses. */
export function allocate(bytes: usize): usize {
  const start = top;
  top = (start + bytes + 15) & ~15;
  const pages = <i32>((top + 0xffff) >> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return start;
}
