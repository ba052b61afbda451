/** Checks arguments of draws and names the method, the parameter and the element at fault. */

/** A parameter: one number for all draws, or one for each. */
export type Numbers = number | ArrayLike<number>;

export interface Requirement {
  /** Completes "shape must …". */
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

const LARGEST = Number.MAX_VALUE;

export const finite: Requirement = { text: 'be finite', holds: Number.isFinite };
export const positive: Requirement = { text: 'be > 0 and finite', holds: (v) => v > 0 && v <= LARGEST };
export const atLeastZero: Requirement = { text: 'be ≥ 0 and finite', holds: (v) => v >= 0 && v <= LARGEST };
export const betweenZeroAndOne: Requirement = {
  text: 'be between 0 and 1',
  holds: (v) => v >= 0 && v <= 1,
};
export const positiveProbability: Requirement = {
  text: 'be above 0 and at most 1',
  holds: (v) => v > 0 && v <= 1,
};
export const count: Requirement = {
  text: 'be an integer in [0, 2⁵³)',
  holds: (v) => v >= 0 && Number.isSafeInteger(v),
};
export const integer: Requirement = {
  text: 'be an integer between −2⁵³ and 2⁵³',
  holds: Number.isSafeInteger,
};
/** How many there are to choose from. */
export const populated: Requirement = {
  text: 'be an integer in [1, 2⁵³)',
  holds: (v) => v >= 1 && Number.isSafeInteger(v),
};

export interface Parameter {
  readonly name: string;
  readonly value: Numbers;
  readonly requirement: Requirement;
}

/** The values, checked: as many as there are draws, or one. */
export function checkParameter(method: string, { name, value, requirement }: Parameter, draws: number): void {
  if (typeof value === 'number') {
    if (!requirement.holds(value)) throw failure(method, name, requirement, value, '');
    return;
  }
  if (typeof value !== 'object' || value === null || typeof value.length !== 'number') {
    throw new TypeError(`${method}: ${name} must be a number or an array of numbers, got ${String(value)}`);
  }
  if (value.length !== draws) {
    throw new RangeError(`${method}: ${name} has ${value.length} values for ${draws} draws`);
  }
  checkEach(method, name, value, requirement);
}

export function checkEach(
  method: string,
  name: string,
  values: ArrayLike<number>,
  requirement: Requirement,
): void {
  const { holds } = requirement;
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== 'number' || !holds(value)) {
      throw failure(method, name, requirement, value, ` at [${i}]`);
    }
  }
}

function failure(
  method: string,
  name: string,
  requirement: Requirement,
  value: unknown,
  where: string,
): RangeError {
  return new RangeError(`${method}: ${name} must ${requirement.text}, got ${String(value)}${where}`);
}

/** Checks what two or three parameters must satisfy together. */
export function checkTogether(
  method: string,
  text: string,
  parameters: readonly Parameter[],
  holds: (...values: number[]) => boolean,
): void {
  const longest = Math.max(...parameters.map(({ value }) => (typeof value === 'number' ? 1 : value.length)));
  for (let i = 0; i < longest; i++) {
    const values = parameters.map(({ value }) => (typeof value === 'number' ? value : value[i]));
    if (holds(...values)) continue;
    const found = parameters.map(({ name }, j) => `${name} ${values[j]}`).join(' and ');
    throw new RangeError(`${method}: ${text}, got ${found}${longest > 1 ? ` at [${i}]` : ''}`);
  }
}
