/** What a report page is made of: packed draws, rows by search and order, data at a glance, text made harmless. */

import { describe, expect, it, test } from 'vitest';
import { reportPage } from '../../src/page';
import { dataHtml } from '../../src/page/data-glance';
import { pack, unpack } from '../../src/page/packed-draws';
import { read, type Row } from '../../src/page/contents';
import { bodyHtml, countOf, MOST_ROWS, selectRows } from '../../src/page/summary-table';
import { randomNumbers } from '../diagnostics/random-numbers';
import { exampleRun } from '../plot/example';

const row = (name: string, rhat: number | null, more: Partial<Row> = {}): Row => ({
  name,
  label: name,
  mean: 1.23456,
  mcseMean: 0.012,
  sd: 2,
  q5: -1,
  q50: 1,
  q95: 3,
  essBulk: 500,
  essTail: 300,
  rhat,
  ...more,
});

test('packed draws come back in single precision, far from zero too', () => {
  const chains = [
    Float64Array.of(1e6 + 0.001, 1e6 - 0.002, 1e6),
    Float64Array.of(1e6, 1e6 + 0.003, Infinity),
  ];
  const back = unpack(pack(chains), 2);
  chains.forEach((chain, c) =>
    chain.forEach((value, i) => {
      if (Number.isFinite(value)) expect(Math.abs(back[c][i] - value)).toBeLessThan(1e-9);
      else expect(back[c][i]).toBe(value);
    }),
  );
});

test('packed draws may be every second one', () => {
  expect(unpack(pack([Float64Array.of(1, 2, 3, 4, 5)], 2), 1)).toEqual([Float64Array.of(1, 3, 5)]);
});

describe('rows', () => {
  const rows = [row('mu', 1.02), row('effect[10]', null), row('effect[2]', 1)];
  const names = (view: Parameters<typeof selectRows>[1]): string[] =>
    selectRows(rows, view).map(({ name }) => name);

  it('are found by every word of a search', () => {
    expect(names({ search: 'EFF 10', descending: false })).toEqual(['effect[10]']);
    expect(names({ search: '', descending: false })).toEqual(['mu', 'effect[10]', 'effect[2]']);
  });

  it('are ordered by numbers, what is unknown last, and names by their numbers', () => {
    expect(names({ search: '', column: 'rhat', descending: true })).toEqual([
      'mu',
      'effect[2]',
      'effect[10]',
    ]);
    expect(names({ search: '', column: 'rhat', descending: false })).toEqual([
      'effect[2]',
      'mu',
      'effect[10]',
    ]);
    expect(names({ search: '', column: 'label', descending: false })).toEqual([
      'effect[2]',
      'effect[10]',
      'mu',
    ]);
  });

  it('show digits as far as the error allows, and what needs attention', () => {
    const html = bodyHtml([row('mu', 1.02)], 4);
    expect(html).toContain('<td>1.23</td><td>0.012</td>');
    expect(html).toContain('<td class="alarm">1.020');
    expect(html).toContain('<td class="alarm">300');
    expect(html).toContain('<td>500</td>');
  });

  it('are counted where there are too many', () => {
    const many = Array.from({ length: 1000 }, (_, i) => row(`theta[${i}]`, 1));
    expect(bodyHtml(many, 4).match(/<tr>/g)).toHaveLength(MOST_ROWS);
    expect(countOf(1000, 1000)).toBe('The first 400 of 1000 quantities; search to see others.');
    expect(countOf(3, 10)).toBe('3 of 10 quantities.');
    expect(countOf(1, 1)).toBe('1 quantity.');
  });
});

test('data at a glance: shapes, moments, and kinds of what is not numeric', () => {
  const html = dataHtml({
    x: [
      [1, 2],
      [3, 6],
    ],
    y: Float64Array.of(1, 1),
    n: 4,
    labels: ['a', 'b'],
  });
  expect(html).toContain(
    '<th scope="row">x</th><td>2 × 2</td><td>3</td><td>2.16025</td><td>1</td><td>6</td>',
  );
  expect(html).toContain('<th scope="row">n</th><td>scalar</td><td>4</td>');
  expect(html).toContain('<th scope="row">labels</th><td colspan="6">2 values</td>');
});

test('names cannot break out of the page', () => {
  const run = exampleRun(2, 20);
  const hostile = { ...run.layout.quantities[0], name: '</script><img src=x onerror=alert(1)>' };
  const html = reportPage(
    { ...run, layout: { ...run.layout, quantities: [hostile, ...run.layout.quantities.slice(1)] } },
    { title: '<b>"run"</b>' },
  );
  expect(html).not.toContain('<img src=x');
  expect(html).toContain('<title>&lt;b&gt;&quot;run&quot;&lt;/b&gt;</title>');
  expect(html.match(/<\/script>/g)).toHaveLength(2);
});

test('an infinite R-hat stays one on its way into the page', () => {
  const run = exampleRun(2, 20);
  run.quantityDraws(0).forEach((draws, chain) => (draws as Float64Array).fill(chain));
  const html = reportPage(run, { title: 'stuck' });
  const text = /id="contents">(.*?)<\/script>/s.exec(html)![1];
  expect(read(text).rows[0]).toMatchObject({ name: 'mu', rhat: Infinity });
  expect(html).toContain('<td class="alarm">inf');
});

test('a run that has converged but for draws that are not finite does not just say so', () => {
  const { layout } = exampleRun(4, 10);
  const noise = (seed: number): Float64Array[] =>
    Array.from({ length: 4 }, (_, chain) => {
      const uniform = randomNumbers(100 * seed + chain);
      return Float64Array.from({ length: 400 }, uniform);
    });
  const columns = layout.quantities.flatMap(({ shape }) => (shape.length === 0 ? [0] : Array(8).fill(0)));
  const draws = columns.map((_, i) => noise(i));
  const run = { layout, quantityDraws: (index: number) => draws[index] };
  expect(reportPage(run, { title: 'finite' })).toContain('<p class="state good">Converged</p>');
  draws[1][2][7] = -Infinity;
  const html = reportPage(run, { title: 'not finite' });
  expect(html).not.toContain('>Converged<');
  expect(html).toContain(
    '<p class="state bad">Not all quantities can be judged: some draws are not finite</p>',
  );
});
