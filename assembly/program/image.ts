/** Loading a program's image and calling its procedures. Byte offsets are those of `src/compile/image.ts`. */
import { PROGRAM_BASE, setArena } from "../memory";
import { execute, isExtended } from "./interpreter";

const MAGIC: u32 = 0x44455243;
const FORMAT_VERSION: u32 = 6;
const FULL: usize = 44;
const PROCEDURES: usize = 48;
const PROCEDURE_SIZE: usize = 40;

/** What `loadImage` answers. */
export enum LoadStatus {
  Loaded,
  NotAProgram,
  OtherVersion,
  Damaged,
  NeedsFullBuild,
}

/** Checks the image at `PROGRAM_BASE`, computes what depends on data alone, and puts the arena behind it. */
export function loadImage(): LoadStatus {
  const image = PROGRAM_BASE;
  if (load<u32>(image) != MAGIC) return LoadStatus.NotAProgram;
  if (load<u32>(image, 4) != FORMAT_VERSION) return LoadStatus.OtherVersion;
  if (checksum(image + 20, image + load<usize>(image, 8)) != load<u32>(image, 16)) return LoadStatus.Damaged;
  if (load<u32>(image, FULL) && !isExtended()) return LoadStatus.NeedsFullBuild;
  execute(load<usize>(image, 32), 0, 0);
  setArena(image + load<usize>(image, 12));
  return LoadStatus.Loaded;
}

/** FNV-1a over 32-bit words. */
function checksum(from: usize, end: usize): u32 {
  let hash: u32 = 0x811c9dc5;
  for (; from < end; from += 4) hash = (hash ^ load<u32>(from)) * 0x01000193;
  return hash;
}

/** Number of unconstrained parameters of the loaded program. */
export function imageDimension(): i32 {
  return load<i32>(PROGRAM_BASE, 20);
}

/** Where the values of a slot lie; a slot of one element has it in both lanes. */
export function slotAddress(slot: i32): usize {
  return load<usize>(load<usize>(PROGRAM_BASE, 36) + (<usize>slot << 3));
}

/** Runs a procedure on an input vector; gives its scalar result, 0 where it has none. */
export function call(procedure: i32, input: usize, output: usize): f64 {
  const record = PROGRAM_BASE + PROCEDURES + <usize>procedure * PROCEDURE_SIZE;
  const code = load<usize>(record);
  if (!code) unreachable();
  repoint(load<usize>(record, 16), load<i32>(record, 20), record + 32, input);
  repoint(load<usize>(record, 24), load<i32>(record, 28), record + 36, output);
  execute(code, input, output);
  const value = load<usize>(record, 4);
  return value ? load<f64>(value) : 0;
}

/** Operands that point into a caller's vector follow it when it moves. */
// @ts-ignore: decorator
@inline
function repoint(list: usize, count: i32, pointer: usize, target: usize): void {
  const distance = target - load<usize>(pointer);
  if (!distance) return;
  store<usize>(pointer, target);
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const word = load<usize>(list);
    store<usize>(word, load<usize>(word) + distance);
  }
}
