/** Sorting and searching the summary table, and choosing a quantity in it. */

import type { Contents } from '../contents';
import { bodyHtml, type Column, countOf, selectRows, type View } from '../summary-table';

/**
 * Makes the table answer.
 *
 * @param choose called with the name of the quantity whose row is chosen
 * @returns marks the row of a name
 */
export function tableOf(contents: Contents, choose: (name: string) => void): (name: string) => void {
  const table = document.getElementById('table')!;
  const body = table.querySelector('tbody')!;
  const search = document.getElementById('search') as HTMLInputElement;
  const count = document.getElementById('count')!;
  let view: View = { search: '', descending: false };
  let current = '';

  const mark = (name: string): void => {
    current = name;
    for (const button of body.querySelectorAll<HTMLElement>('.name')) {
      button.setAttribute('aria-current', String(button.dataset.name === name));
    }
  };
  const show = (next: Partial<View>): void => {
    view = { ...view, ...next };
    const rows = selectRows(contents.rows, view);
    body.innerHTML = bodyHtml(rows, contents.chains);
    count.textContent = countOf(rows.length, contents.rows.length);
    for (const button of table.querySelectorAll<HTMLElement>('thead button')) {
      const sorted = button.dataset.column === view.column;
      const order = view.descending ? 'descending' : 'ascending';
      button.parentElement!.setAttribute('aria-sort', sorted ? order : 'none');
    }
    mark(current);
  };

  search.addEventListener('input', () => show({ search: search.value }));
  table.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    if (button?.dataset.name !== undefined) return choose(button.dataset.name);
    const column = button?.dataset.column as Column | undefined;
    if (column === undefined) return;
    // First click: what is worst, or largest, on top; names from a to z.
    const first = column !== 'label' && column !== 'essBulk' && column !== 'essTail';
    show({ column, descending: view.column === column ? !view.descending : first });
  });
  return mark;
}
