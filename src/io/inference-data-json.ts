/** InferenceData as JSON, in the form that ArviZ's `to_json` writes and `from_json` reads. */

import {
  GROUPS,
  type Dataset,
  flattened,
  type InferenceData,
  type Labels,
  type Observed,
  type Variable,
} from './inference-data';
import { parseJson } from './json-text';

/**
 * The text, in pieces. What is not finite is written `NaN`, `Infinity` and `-Infinity`, as Python does; any other number
 * with all its digits.
 */
export function* inferenceDataJson(data: InferenceData): Generator<string> {
  const coords: Record<string, Labels> = {};
  const dims: Record<string, readonly string[]> = {};
  yield '{';
  for (const group of GROUPS) {
    const dataset = data[group];
    if (dataset === undefined) continue;
    Object.assign(coords, dataset.coords);
    yield `\n"${group}": {`;
    let first = true;
    for (const [name, variable] of Object.entries(dataset.variables)) {
      const axes = variable.dims.filter((dim) => dim !== 'chain' && dim !== 'draw');
      if (axes.length > 0) dims[name] = axes;
      yield `${first ? '' : ','}\n${JSON.stringify(name)}: `;
      yield* nested(variable);
      first = false;
    }
    yield `\n},\n"${group}_attrs": ${JSON.stringify(dataset.attrs)},`;
  }
  yield `\n"coords": ${JSON.stringify(coords)},\n"dims": ${JSON.stringify(dims)}\n}\n`;
}

function* nested({ shape, values, type }: Variable): Generator<string> {
  const element = (value: number): string => {
    if (type === 'bool') return value === 0 ? 'false' : 'true';
    return Object.is(value, -0) ? '-0' : String(value);
  };
  const sizes = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  function* part(axis: number, start: number): Generator<string> {
    if (axis === shape.length) return yield element(values[start]);
    if (axis === shape.length - 1) {
      return yield `[${Array.from(values.subarray(start, start + shape[axis]), element).join(',')}]`;
    }
    yield '[';
    for (let i = 0; i < shape[axis]; i++) {
      if (i > 0) yield ',';
      yield* part(axis + 1, start + i * sizes[axis]);
    }
    yield ']';
  }
  yield* part(0, 0);
}

/**
 * Reads such a text.
 *
 * @param file named in errors
 * @throws Error naming the file, the place where it is not JSON, or the variable that is not an array of numbers
 */
export function readInferenceDataJson(file: string, text: string): InferenceData {
  const value = parseJson(file, quotedSpecials(text));
  if (typeof value !== 'object' || value === null || !('posterior' in value)) {
    throw new Error(`${file}: expected InferenceData with a group "posterior", found none`);
  }
  const root = value as Record<string, Record<string, unknown>>;
  const coords = (root.coords ?? {}) as Record<string, Labels>;
  const dims = (root.dims ?? {}) as unknown as Record<string, string[]>;
  const groups = GROUPS.filter((group) => group in root).map((group): [string, Dataset] => {
    const drawn = group !== 'observed_data';
    const variables = Object.entries(root[group]).map(([name, array]): [string, Variable] => {
      let bool = false;
      const numbers = (part: unknown): Observed => {
        if (Array.isArray(part)) return part.map(numbers);
        if (typeof part === 'boolean') bool = true;
        return typeof part === 'string' ? Number(part) : part === null ? NaN : Number(part as number);
      };
      try {
        const { shape, values } = flattened(name, numbers(array));
        const axes = shape.slice(drawn ? 2 : 0).map((_, axis) => dims[name]?.[axis] ?? `${name}_dim_${axis}`);
        const type = bool ? ('bool' as const) : ('float' as const);
        return [name, { dims: drawn ? ['chain', 'draw', ...axes] : axes, shape, values, type }];
      } catch (error) {
        throw new Error(`${file}: group ${group}: ${(error as Error).message}`, { cause: error });
      }
    });
    const used = new Set(variables.flatMap(([, variable]) => variable.dims));
    const own = Object.entries(coords).filter(([dim]) => used.has(dim));
    const attrs = (root[`${group}_attrs`] ?? {}) as Dataset['attrs'];
    return [group, { variables: Object.fromEntries(variables), coords: Object.fromEntries(own), attrs }];
  });
  return Object.fromEntries(groups);
}

/** Python's spellings of what JSON lacks, in quotes; text inside of strings is left alone. */
function quotedSpecials(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
