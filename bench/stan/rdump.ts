/** Data as R's `source` reads it. */
import type { StanValue } from '../subject';

export function rDump(data: Readonly<Record<string, StanValue>>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name} <- ${rValue(value)}\n`)
    .join('');
}

export function rList(data: Readonly<Record<string, StanValue>>): string {
  const entries = Object.entries(data).map(([name, value]) => `${name} = ${rValue(value)}`);
  return `list(${entries.join(', ')})`;
}

function rValue(value: StanValue): string {
  if (typeof value === 'number') return String(value);
  if (!('shape' in value)) return rVector(Array.from(value));
  const { values, shape } = value;
  if (shape.length < 2) return `structure(${rVector(Array.from(values))}, .Dim = ${rVector(shape)})`;
  if (shape.length !== 2) throw new RangeError(`rDump: expected at most two axes, got ${shape.length}`);
  // R counts along columns first.
  const [rows, columns] = shape;
  const turned = Array.from(
    { length: rows * columns },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)],
  );
  return `structure(${rVector(turned)}, .Dim = ${rVector(shape)})`;
}

function rVector(values: readonly number[]): string {
  return `c(${values.join(',')})`;
}
