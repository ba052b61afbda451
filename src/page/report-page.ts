/** One self-contained HTML page that shows a run: summary, warnings, pictures, data. */

import { reportScript, reportStyle } from '../../build/report-page';
import { type Summarizable, summarize, type Summary } from '../report';
import { scalars } from '../report/names';
import { escaped } from '../plot/escape';
import { type Check, type Contents, type Row, type Sample, written } from './contents';
import { dataHtml } from './data-glance';
import { pack } from './packed-draws';
import { bodyHtml, COLUMNS, countOf } from './summary-table';

/** What else is known of a run. */
export interface ReportOptions {
  /** Heading of the page. */
  readonly title: string;
  /** Facts in its head, such as ['seed', '1']. */
  readonly facts?: readonly (readonly [string, string])[];
  /** The model's statements, a line each, such as `mu ~ normal(0, 5)`. */
  readonly statements?: readonly string[];
  /** The data, by name. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Draws from the prior, of quantities that have the names of the run's. */
  readonly prior?: Pick<Summarizable, 'layout' | 'quantityDraws'>;
  /** Observed data with draws from the posterior predictive distribution. */
  readonly checks?: readonly Check[];
  /** The run beside others: a table as text, and a picture as SVG. */
  readonly comparison?: { readonly table: string; readonly picture: string };
  /** The summary, where it is made already. */
  readonly summary?: Summary;
}

/** Most numbers that a page carries (four bytes each); of larger runs, evenly spread draws. */
const MOST_NUMBERS = 4e6;

/** Draws per chain that a page keeps at least, if there are as many. */
const FEWEST_DRAWS = 50;

/**
 * The page.
 *
 * @param run draws, and statistics of the sampler where there are any
 * @param options title and what else is known
 */
export function reportPage(run: Summarizable, options: ReportOptions): string {
  const summary = options.summary ?? summarize(run);
  const chains = run.quantityDraws(0);
  const draws = chains[0].length;
  const step = Math.max(
    1,
    Math.min(
      Math.ceil((run.layout.size * chains.length * draws) / MOST_NUMBERS),
      Math.floor(draws / FEWEST_DRAWS),
    ),
  );
  const contents = contentsOf(run, summary, options, step);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(options.title)}</title>`,
    `<style>${reportStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#summary">Skip to the summary</a>',
    header(options, summary, chains.length, draws),
    '<main>',
    warnings(summary),
    summarySection(contents.rows, contents.chains),
    sideBySide(options),
    pictures(step, options),
    glance(run, options),
    '</main>',
    `<script type="application/json" id="contents">${written(contents).replace(/</g, '\\u003c')}</script>`,
    `<script>${reportScript.replace(/<\/script/g, '<\\/script')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function contentsOf(run: Summarizable, summary: Summary, options: ReportOptions, step: number): Contents {
  const chains = run.quantityDraws(0).length;
  const energy = run.stats?.energy;
  const known = energy?.every((values) => Array.from(values).every(Number.isFinite)) ?? false;
  return {
    rows: summary.rows.map(rowOf),
    chains,
    posterior: sampleOf(run, step),
    divergent: (run.stats?.divergent ?? []).flatMap((flags, chain) =>
      Array.from(flags).flatMap((flag, draw) =>
        flag !== 0 && draw % step === 0 ? [[chain, draw / step] as const] : [],
      ),
    ),
    energy: energy === undefined || !known ? undefined : pack(energy),
    prior: options.prior && sampleOf(options.prior, 1),
    checks: options.checks ?? [],
  };
}

function sampleOf(run: Pick<Summarizable, 'layout' | 'quantityDraws'>, step: number): Sample {
  return {
    layout: run.layout,
    draws: scalars(run.layout).map(({ index }) => pack(run.quantityDraws(index), step)),
  };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function rowOf({ name, label, ...row }: Summary['rows'][number]): Row {
  return {
    name,
    label,
    mean: orNull(row.mean),
    mcseMean: orNull(row.mcseMean),
    sd: orNull(row.sd),
    q5: orNull(row.q5),
    q50: orNull(row.q50),
    q95: orNull(row.q95),
    essBulk: orNull(row.essBulk),
    essTail: orNull(row.essTail),
    rhat: row.rhat === Infinity ? Infinity : orNull(row.rhat),
  };
}

function header(
  { title, facts = [] }: ReportOptions,
  summary: Summary,
  chains: number,
  draws: number,
): string {
  const sampled: [string, string] = ['draws', `${chains} ${chains === 1 ? 'chain' : 'chains'} of ${draws}`];
  const list = [sampled, ...facts].map(
    ([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`,
  );
  const state = !summary.converged
    ? '<p class="state bad">Not converged: do not rely on these estimates</p>'
    : summary.rows.every(({ finite }) => finite)
      ? '<p class="state good">Converged</p>'
      : '<p class="state bad">Not all quantities can be judged: some draws are not finite</p>';
  return [
    '<header>',
    `<div class="title"><h1>${escaped(title)}</h1>${state}`,
    '<label class="theme">Colours <select id="theme"><option value="">as the system</option>',
    '<option value="light">light</option><option value="dark">dark</option></select></label></div>',
    `<dl class="facts">${list.join('')}</dl>`,
    '</header>',
  ].join('\n');
}

function warnings({ warnings: found }: Summary): string {
  const items = found.map(({ message }) => {
    // What was found stands before a colon; one within parentheses does not count.
    const [what] = /^(?:[^(:]|\([^)]*\))*:?/.exec(message)!;
    return `<li><strong>${escaped(what)}</strong>${escaped(message.slice(what.length))}</li>`;
  });
  const body =
    items.length === 0
      ? '<p>Nothing to worry about was found: the chains agree, there are draws enough, and none diverged.</p>'
      : `<ul class="warnings">${items.join('')}</ul>`;
  return `<section aria-labelledby="warnings-title"><h2 id="warnings-title">What to know first</h2>${body}</section>`;
}

function summarySection(rows: readonly Row[], chains: number): string {
  const heading = (field: string, text: string, meaning: string): string =>
    `<th scope="col" aria-sort="none"><button type="button" data-column="${field}" title="${meaning}">${text}</button></th>`;
  return [
    '<section id="summary" aria-labelledby="summary-title" tabindex="-1">',
    '<h2 id="summary-title">Summary</h2>',
    '<div class="tools"><label>Search <input type="search" id="search" autocomplete="off" placeholder="mu, effect…"></label>',
    `<span id="count" role="status">${countOf(rows.length, rows.length)}</span></div>`,
    '<div class="scroll" tabindex="0" role="region" aria-label="Table of estimates"><table id="table">',
    '<caption class="unseen">Estimates of every quantity. The buttons in the head sort; a name shows its pictures.</caption>',
    `<thead><tr>${heading('label', 'quantity', 'Name')}`,
    ...COLUMNS.map(([field, text, meaning]) => heading(field, text, meaning)),
    `</tr></thead><tbody>${bodyHtml(rows, chains)}</tbody></table></div>`,
    '</section>',
  ].join('');
}

function sideBySide({ comparison }: ReportOptions): string {
  if (comparison === undefined) return '';
  return [
    '<section aria-labelledby="beside-title"><h2 id="beside-title">Beside the other runs</h2>',
    '<p class="note">Means and standard deviations of each run; z is how far the means are apart at most, in Monte Carlo',
    'standard errors: of runs of one posterior it exceeds 3 once in some 370 quantities.</p>',
    `<div class="scroll" tabindex="0" role="region" aria-label="Comparison of runs"><pre>${escaped(comparison.table)}</pre></div>`,
    `<div class="picture">${comparison.picture}</div></section>`,
  ].join('\n');
}

function pictures(step: number, { checks = [] }: ReportOptions): string {
  const thinned =
    step === 1
      ? ''
      : `<p class="note">The run is large: pictures are made from every ${step}th draw, so lags and effective draws in them count these.</p>`;
  const predictive =
    checks.length === 0
      ? ''
      : '<section aria-labelledby="checks-title"><h2 id="checks-title">Predictions against data</h2><div id="checks" class="grid"></div></section>';
  return [
    '<section aria-labelledby="one-title"><h2 id="one-title">One quantity</h2>',
    '<div class="tools"><label>Quantity <select id="one"></select></label>',
    '<button type="button" id="previous">Previous</button><button type="button" id="next">Next</button></div>',
    `${thinned}<p id="said" role="status" class="note"></p><div id="one-figures" class="grid"></div></section>`,
    '<section aria-labelledby="many-title"><h2 id="many-title">Several quantities</h2>',
    '<div class="tools"><label>Group <select id="group"></select></label></div>',
    '<div id="many-figures" class="grid"></div>',
    '<div class="tools"><label>Across <select id="across"></select></label>',
    '<label>Up <select id="up"></select></label></div>',
    '<div id="pair-figure" class="grid"></div></section>',
    predictive,
    '<noscript><p>The pictures, sorting and searching need JavaScript.</p></noscript>',
  ].join('\n');
}

function glance(run: Summarizable, { statements, data }: ReportOptions): string {
  const quantities = run.layout.quantities.map(({ name, shape, dims, kind }) => {
    const axes = shape.map((size, axis) => (dims[axis] === undefined ? `${size}` : `${size} ${dims[axis]}`));
    return (
      `<tr><th scope="row">${escaped(name)}</th><td>${kind}</td>` +
      `<td>${escaped(axes.length === 0 ? 'scalar' : axes.join(' × '))}</td></tr>`
    );
  });
  return [
    '<section aria-labelledby="model-title"><h2 id="model-title">The model at a glance</h2><div class="scroll">',
    '<h3>Quantities</h3><table class="glance"><thead><tr><th scope="col">name</th><th scope="col">kind</th>',
    `<th scope="col">shape</th></tr></thead><tbody>${quantities.join('')}</tbody></table>`,
    statements === undefined ? '' : `<h3>Statements</h3><pre>${escaped(statements.join('\n'))}</pre>`,
    data === undefined ? '' : `<h3>Data</h3>${dataHtml(data)}`,
    '</div></section>',
  ].join('');
}
