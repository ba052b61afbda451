/** The page: reads its controls, runs sessions, shows what comes. */
import { download, type Format } from './download';
import { type Example, examples } from './models';
import { Panels } from './panels';
import { COLORS } from './pictures';
import { CHAINS, Session } from './session';

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
const controls = element<HTMLFormElement>('controls');
const choice = element<HTMLSelectElement>('model');
const data = element<HTMLTextAreaElement>('data');
const draws = element<HTMLInputElement>('draws');
const seed = element<HTMLInputElement>('seed');
const filter = element<HTMLInputElement>('filter');
const format = element<HTMLSelectElement>('format');
const buttons = {
  sample: element<HTMLButtonElement>('sample'),
  stop: element<HTMLButtonElement>('stop'),
  continue: element<HTMLButtonElement>('continue'),
  download: element<HTMLButtonElement>('download'),
};
const status = element('status');
const problem = element('problem');
const chainList = element('chains');

let session: Session | undefined;
let panels: Panels | undefined;

examples.forEach(({ name }, i) => choice.add(new Option(name, String(i))));
choice.addEventListener('change', present);
present();

controls.addEventListener('submit', (event) => {
  event.preventDefault();
  void begin();
});
buttons.stop.addEventListener('click', () => session?.stop());
buttons.continue.addEventListener('click', () => void run());
buttons.download.addEventListener('click', () => {
  const { fit } = session!;
  download(fit!, chosen().name, format.value as Format).catch(complain);
});
filter.addEventListener('input', () => panels?.filter(filter.value));

function chosen(): Example {
  return examples[Number(choice.value)];
}

function present(): void {
  const example = chosen();
  element('about').textContent = example.about;
  element('code').textContent = example.code;
  data.value = Object.entries(example.data)
    .map(([name, value], i) => `${i === 0 ? '{ ' : '  '}"${name}": ${JSON.stringify(value)}`)
    .join(',\n')
    .concat(' }');
  draws.value = String(example.draws);
}

async function begin(): Promise<void> {
  problem.textContent = '';
  try {
    const posterior = chosen().condition(JSON.parse(data.value));
    panels?.close();
    const total = draws.valueAsNumber;
    const shown = new Panels(element('panels'), element('more'), posterior.target.layout, CHAINS, total);
    panels = shown;
    shown.filter(filter.value);
    const bars = chainBars();
    session = new Session(posterior, total, seed.valueAsNumber, {
      draws: (fresh) => shown.append(fresh.chain, (index) => fresh.quantity(index)),
      progress: ({ chain, phase, iteration, total: all, divergences }) => {
        bars[chain].value = iteration / all;
        bars[chain].title = `${phase}, ${divergences} divergent`;
      },
    });
    await run();
  } catch (error) {
    complain(error);
  }
}

async function run(): Promise<void> {
  const current = session!;
  show('sampling');
  status.textContent = 'Sampling…';
  const began = performance.now();
  try {
    const finished = await current.run();
    const made = current.fit?.drawsPerChain ?? 0;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    status.textContent = finished
      ? `Finished: ${CHAINS} chains of ${made} draws. The last stretch took ${seconds} s.`
      : `Stopped after ${made} draws per chain.`;
    show(finished ? 'finished' : 'stopped');
  } catch (error) {
    complain(error);
    show('idle');
  }
}

/** Which buttons make sense. */
function show(state: 'idle' | 'sampling' | 'stopped' | 'finished'): void {
  document.body.dataset.state = state;
  const sampling = state === 'sampling';
  buttons.sample.disabled = sampling;
  buttons.stop.disabled = !sampling;
  buttons.continue.disabled = state !== 'stopped';
  buttons.download.disabled = sampling || session?.fit === undefined;
}

function chainBars(): HTMLProgressElement[] {
  const bars = Array.from({ length: CHAINS }, () => document.createElement('progress'));
  chainList.replaceChildren(
    ...bars.map((bar, chain) => {
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute('aria-label', `Chain ${chain + 1}`);
      bar.style.setProperty('--chain', COLORS[chain]);
      const item = document.createElement('li');
      item.append(`chain ${chain + 1} `, bar);
      return item;
    }),
  );
  return bars;
}

function complain(error: unknown): void {
  problem.textContent = error instanceof Error ? error.message : String(error);
}
