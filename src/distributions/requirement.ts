/** What a parameter of a distribution must satisfy, checked on plain values and on data. */

export interface Requirement {
  /** Completes "scale must …". */
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

const { isFinite } = Number;

export const finite: Requirement = { text: 'be finite', holds: isFinite };
export const strictlyPositive: Requirement = { text: 'be > 0', holds: (v) => v > 0 && isFinite(v) };
export const atLeastZero: Requirement = { text: 'be ≥ 0', holds: (v) => v >= 0 && isFinite(v) };
export const probability: Requirement = { text: 'be between 0 and 1', holds: (v) => v >= 0 && v <= 1 };
export const betweenZeroAndOne: Requirement = {
  text: 'be strictly between 0 and 1',
  holds: (v) => v > 0 && v < 1,
};
export const positiveProbability: Requirement = {
  text: 'be above 0 and at most 1',
  holds: (v) => v > 0 && v <= 1,
};
export const count: Requirement = { text: 'be an integer ≥ 0', holds: (v) => v >= 0 && Number.isInteger(v) };
export const integer: Requirement = { text: 'be an integer', holds: Number.isInteger };
export const boundOnIntegers: Requirement = {
  text: 'be an integer or infinite',
  holds: (v) => Number.isInteger(v) || v === Infinity || v === -Infinity,
};
/** A bound may be infinite, which is no bound at all. */
export const bound: Requirement = { text: 'be a number', holds: (v) => !Number.isNaN(v) };
