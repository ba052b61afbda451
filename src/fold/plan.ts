/** What a linear predictor is made of, put together so that equal data come once, and what folding it would cost. */
import { reshape, type Expression } from '../expr';
import type { Part, Parts, Table } from './parts';
import { keyOf, type Factor } from './factor';
import { byOrigin } from './join';

/** Unknowns whose columns of data every row has. */
export interface Dense {
  readonly vector: Expression;
  readonly columns: () => Float64Array[];
}

/** Unknowns of which every row has those of its group. */
export interface Groups {
  readonly size: number;
  readonly index: Int32Array;
  readonly tables: readonly { readonly vector: Expression; readonly factor: Factor }[];
}

export interface Plan {
  readonly dense: readonly Dense[];
  readonly unknowns: number;
  readonly groups: Groups | undefined;
}

/** Costs of a gradient, in the time that one element of an elementwise instruction takes; about 0.3 ns. */
const COST = { instruction: 14, row: 1.2, column: 1.6, product: 0.7, table: 2 };

/** Multiplications, in twice the working precision, that may be spent once: about a second. */
const PATIENCE = 3e8;
/** Numbers that may be held meanwhile. */
const MEMORY = 3e7;

/** The cheapest way to fold, for each of `scales` classes of rows; undefined where rows one by one are cheaper. */
export function planOf({ parts }: Parts, rows: number, scales: number): Plan | undefined {
  const merged = merge(parts);
  const tables = merged.filter((part) => part.kind === 'table');
  if (tables.some(({ vector, map }) => map === undefined || vector.size >= rows)) return undefined;
  const largest = tables.reduce<Table | undefined>(
    (best, table) => (best && best.vector.size >= table.vector.size ? best : table),
    undefined,
  );
  const plans = [assemble(merged, rows, undefined)];
  if (largest) plans.push(assemble(merged, rows, largest));
  const possible = plans.filter((plan) => {
    const width = plan.unknowns + (plan.groups?.tables.length ?? 0) + 1;
    return 0.5 * rows * width * width <= PATIENCE && rows * width <= MEMORY;
  });
  if (possible.length === 0) return undefined;
  const best = possible.reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
  return scales * costOf(best) < plainCost(merged, rows) ? best : undefined;
}

/** Scalars of one column become their sum, and so do tables of one index. */
function merge(parts: readonly Part[]): Part[] {
  const merged = new Map<string, Part>();
  parts.forEach((part, i) => {
    const key =
      part.kind === 'product'
        ? `product ${i}`
        : `${part.kind} ${part.kind === 'table' ? `${part.vector.size}${keyOf(part.map)}` : ''} ${part.factor.key}`;
    const known = merged.get(key);
    if (known?.kind === 'column' && part.kind === 'column')
      merged.set(key, { ...known, scale: known.scale.add(part.scale) });
    else if (known?.kind === 'table' && part.kind === 'table')
      merged.set(key, { ...known, vector: known.vector.add(part.vector) });
    else merged.set(key, part);
  });
  return [...merged.values()];
}

function assemble(parts: readonly Part[], rows: number, grouped: Table | undefined): Plan {
  const isGrouped = (part: Part): part is Table =>
    part.kind === 'table' && grouped !== undefined && sameGroups(part, grouped);
  const dense = parts.filter((part) => !isGrouped(part)).map((part) => denseOf(part, rows));
  return {
    dense: byOrigin(dense, ({ vector }) => vector),
    unknowns: dense.reduce((sum, { vector }) => sum + vector.size, 0),
    groups: grouped && {
      size: grouped.vector.size,
      index: grouped.map!.positions,
      tables: parts.filter(isGrouped),
    },
  };
}

function sameGroups(a: Table, b: Table): boolean {
  return a.vector.size === b.vector.size && keyOf(a.map) === keyOf(b.map);
}

function denseOf(part: Part, rows: number): Dense {
  switch (part.kind) {
    case 'column':
      return { vector: reshape(part.scale, [1]), columns: () => [part.factor.rows()] };
    case 'product':
      return part;
    case 'table':
      return {
        vector: part.vector,
        columns: () => {
          const columns = Array.from({ length: part.vector.size }, () => new Float64Array(rows));
          part.factor.rows().forEach((value, i) => (columns[part.map!.positions[i]][i] = value));
          return columns;
        },
      };
  }
}

function plainCost(parts: readonly Part[], rows: number): number {
  const each = parts.map((part) =>
    part.kind === 'product' ? COST.product * part.vector.size : COST[part.kind],
  );
  return 3 * COST.instruction * parts.length + rows * each.reduce((a, b) => a + b, COST.row);
}

function costOf({ unknowns, groups }: Plan): number {
  const own = groups?.tables.length ?? 0;
  const pairs = (own * (own + 1)) / 2;
  const instructions = 6 + 5 * own + 3 * pairs;
  const perGroup = own * (1 + COST.row + 2 * COST.product * unknowns) + COST.column * pairs;
  return (
    COST.instruction * instructions +
    2 * COST.product * unknowns * (unknowns + 1) +
    (groups ? groups.size * perGroup : 0)
  );
}
