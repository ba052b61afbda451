/** Checks of what callers give, with one wording. */

export { requireInteger } from './integer';
export { freshSeed, isSeed, requireSeed } from './seed';
export { shown } from './shown';
