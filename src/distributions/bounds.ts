/** Arithmetic of bounds: plain where they are plain, so that it needs no graph, and expressions elsewhere. */
import { add, maximum, minimum, sub, type Operand } from '../expr';

export function plus(a: Operand, b: Operand): Operand {
  return typeof a === 'number' && typeof b === 'number' ? a + b : add(a, b);
}

export function minus(a: Operand, b: Operand): Operand {
  return typeof a === 'number' && typeof b === 'number' ? a - b : sub(a, b);
}

/** The larger of two lower bounds; undefined where there is neither. */
export function tighterLower(a: Operand | undefined, b: Operand | undefined): Operand | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : maximum(a, b);
}

/** The smaller of two upper bounds; undefined where there is neither. */
export function tighterUpper(a: Operand | undefined, b: Operand | undefined): Operand | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : minimum(a, b);
}

/** The smaller of two lower bounds. */
export function looserLower(a: Operand, b: Operand): Operand {
  if (a === b) return a;
  return typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : minimum(a, b);
}

/** The larger of two upper bounds. */
export function looserUpper(a: Operand, b: Operand): Operand {
  if (a === b) return a;
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : maximum(a, b);
}
