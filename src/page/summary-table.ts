/** The summary table of a report: which rows, in which order, as HTML. The command writes it, the page's script again. */

import { escaped } from '../plot/escape';
import { decimalsFor, numeral } from '../report/numerals';
import type { Row } from './contents';

/** Columns of numbers: the field, the heading, what it means. */
export const COLUMNS = [
  ['mean', 'mean', 'Mean of the draws'],
  ['mcseMean', 'mcse', 'Monte Carlo standard error of the mean'],
  ['sd', 'sd', 'Standard deviation'],
  ['q5', '5%', 'Five per cent of the draws lie below'],
  ['q50', '50%', 'Median'],
  ['q95', '95%', 'Five per cent of the draws lie above'],
  ['essBulk', 'ess bulk', 'Effective number of draws for the middle; want at least 100 per chain'],
  ['essTail', 'ess tail', 'Effective number of draws for the tails; want at least 100 per chain'],
  ['rhat', 'r-hat', 'Agreement of the chains; want at most 1.01'],
] as const;

export type Column = 'label' | (typeof COLUMNS)[number][0];

/** What the reader asks of the table. */
export interface View {
  readonly search: string;
  readonly column?: Column;
  readonly descending: boolean;
}

/** More rows make a page slow; a search finds the others. */
export const MOST_ROWS = 400;

/** Rows whose name or label contains every word of the search, in the wanted order; what is unknown comes last. */
export function selectRows(rows: readonly Row[], { search, column, descending }: View): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ name, label }) => {
    const text = `${name} ${label}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (column === undefined) return found;
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => {
    if (column === 'label') return sign * a.label.localeCompare(b.label, undefined, { numeric: true });
    const [x, y] = [a[column], b[column]];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}

/** A digit is shown as far as the Monte Carlo error lets it mean something. */
function cells(row: Row): string[] {
  const decimals = decimalsFor(row.mcseMean ?? NaN);
  const places: Partial<Record<Column, number | undefined>> = {
    mcseMean: decimals === undefined ? undefined : decimals + 1,
    essBulk: 0,
    essTail: 0,
    rhat: 3,
  };
  return COLUMNS.map(([field]) => numeral(row[field] ?? NaN, field in places ? places[field] : decimals));
}

/** Whether a value deserves a look. */
function alarming(row: Row, field: Column, chains: number): boolean {
  if (field === 'rhat') return (row.rhat ?? 0) > 1.01;
  if (field === 'essBulk' || field === 'essTail') return (row[field] ?? Infinity) < 100 * chains;
  return false;
}

/** Rows of the table's body. */
export function bodyHtml(rows: readonly Row[], chains: number): string {
  return rows
    .slice(0, MOST_ROWS)
    .map((row) => {
      const numbers = cells(row).map((text, i) =>
        alarming(row, COLUMNS[i][0], chains)
          ? `<td class="alarm">${text}<span class="unseen"> (attention)</span></td>`
          : `<td>${text}</td>`,
      );
      return (
        `<tr><th scope="row"><button type="button" class="name" data-name="${escaped(row.name)}">` +
        `${escaped(row.label)}</button></th>${numbers.join('')}</tr>`
      );
    })
    .join('\n');
}

/** How many rows are shown of how many. */
export function countOf(found: number, total: number): string {
  const shown = Math.min(found, MOST_ROWS);
  const all = found === total ? `${total}` : `${found} of ${total}`;
  return shown < found
    ? `The first ${shown} of ${found} quantities; search to see others.`
    : `${all} ${total === 1 ? 'quantity' : 'quantities'}.`;
}
