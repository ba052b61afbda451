/** The script of a report page. */

import { figureOfPair, figuresOfChecks, figuresOfMany, figuresOfOne } from './chapters';
import { showFigures } from './figures';
import { readRun } from './run';
import { tableOf } from './table';

const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

function fill(
  select: HTMLSelectElement,
  options: readonly (readonly [string, string])[],
  chosen: string,
): void {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

const run = readRun();
const options = run.scalars.map(({ name, label }) => [name, label] as const);
const worst = run.contents.rows.reduce((a, b) => ((b.rhat ?? 0) > (a.rhat ?? 0) ? b : a)).name;
const one = element<HTMLSelectElement>('one');

function choose(name: string): void {
  one.value = name;
  const label = one.selectedOptions[0].text;
  element('said').textContent = `Pictures of ${label}.`;
  mark(name);
  showFigures(element('one-figures'), figuresOfOne(run, name));
}

const mark = tableOf(run.contents, (name) => {
  choose(name);
  element('one-title').scrollIntoView({ block: 'start' });
  one.focus({ preventScroll: true });
});
fill(one, options, worst);
choose(worst);
one.addEventListener('change', () => choose(one.value));
for (const [id, by] of [
  ['previous', -1],
  ['next', 1],
] as const) {
  element(id).addEventListener('click', () => {
    const count = one.options.length;
    choose(one.options[(one.selectedIndex + by + count) % count].value);
  });
}

const group = element<HTMLSelectElement>('group');
const groups = run.contents.posterior.layout.quantities.map(({ name }) => [name, name] as const);
fill(group, [['', 'all'], ...groups], '');
const showGroup = (): void =>
  showFigures(element('many-figures'), figuresOfMany(run, group.value || undefined));
group.addEventListener('change', showGroup);
showGroup();

const across = element<HTMLSelectElement>('across');
const up = element<HTMLSelectElement>('up');
fill(across, options, options[0][0]);
fill(up, options, (options[1] ?? options[0])[0]);
const showPair = (): void => showFigures(element('pair-figure'), [figureOfPair(run, across.value, up.value)]);
for (const select of [across, up]) select.addEventListener('change', showPair);
showPair();

if (run.contents.checks.length > 0) showFigures(element('checks'), figuresOfChecks(run));

const theme = element<HTMLSelectElement>('theme');
theme.addEventListener('change', () => {
  if (theme.value === '') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
