/** The layout of a program's image: header, code, constants, then the buffers that are not shipped. */

/** Where an image starts in the memory of an instance; `assembly/memory.ts` has the same. */
export const PROGRAM_BASE = 65536;

/** 'CRED', little-endian. */
export const MAGIC = 0x44455243;

/** Raised whenever instructions or the header change; an image of another version is refused. */
export const FORMAT_VERSION = 6;

/** Byte offsets in the header. */
export const HEADER = {
  magic: 0,
  version: 4,
  /** Bytes of the image as shipped. */
  shipped: 8,
  /** Bytes the image needs in memory, buffers included. */
  total: 12,
  /** Checksum of everything behind the header. */
  checksum: 16,
  dimension: 20,
  quantities: 24,
  terms: 28,
  /** Address of the code that computes what depends on data alone; run once when loaded. */
  prelude: 32,
  /** Address and number of the records of slots: address and length of each, 8 bytes. */
  slots: 36,
  slotCount: 40,
  /** 1 where instructions are among the code that only the full build of the module has. */
  full: 44,
  procedures: 48,
} as const;

/** Byte offsets in the record of a procedure. */
export const PROCEDURE = {
  /** Address of its code, 0 when the program has no such procedure. */
  code: 0,
  /** Address of the scalar result. */
  value: 4,
  inputLength: 8,
  outputLength: 12,
  /** Address and number of the operand words that point into the input. */
  inputFixups: 16,
  inputFixupCount: 20,
  /** Address and number of those that point into the output. */
  outputFixups: 24,
  outputFixupCount: 28,
  /** The pointers those words hold now. */
  inputPointer: 32,
  outputPointer: 36,
  size: 40,
} as const;

/** Procedures by number; `docs/architecture.md` says what each one does. */
export const PROCEDURE_NAMES = [
  'density',
  'quantities',
  'terms',
  'unconstrain',
  'logLikelihood',
  'hessianVector',
  'pullback',
  'curvatureSlope',
  'batch',
] as const;
export type ProcedureName = (typeof PROCEDURE_NAMES)[number];

export const HEADER_SIZE = HEADER.procedures + PROCEDURE.size * PROCEDURE_NAMES.length;

/** FNV-1a over 32-bit words. */
export function checksum(words: Int32Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}
