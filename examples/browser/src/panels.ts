/** A row for each quantity shown: name, trace, density, estimates; redrawn within a budget of each frame. */
import type { Layout } from 'credence';
import type { Answer } from './diagnostics.worker';
import { GrowingScalar } from './growing';
import { drawDensity, drawTrace } from './pictures';

/** Rows shown at a time. */
const ROWS = 8;
/** Milliseconds of a frame that drawing may take. */
const BUDGET = 8;
/** Milliseconds between two looks at R-hat and effective sample sizes. */
const PAUSE = 800;
const COLUMNS = 480;

interface Panel {
  readonly name: string;
  readonly index: number;
  readonly scalar: GrowingScalar;
  readonly row: HTMLElement;
  readonly trace: HTMLCanvasElement;
  readonly density: HTMLCanvasElement;
  readonly estimate: HTMLElement;
  readonly diagnostics: HTMLElement;
}

export class Panels {
  private readonly scalars: { name: string; scalar: GrowingScalar }[];
  private panels: Panel[] = [];
  private next = 0;
  private asked = 0;
  private diagnosed = -Infinity;
  private readonly worker = new Worker(new URL('./diagnostics.worker.ts', import.meta.url), {
    type: 'module',
  });
  private frame = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly more: HTMLElement,
    layout: Layout,
    chains: number,
    total: number,
  ) {
    this.scalars = namesOf(layout).map((name) => ({
      name,
      scalar: new GrowingScalar(chains, total, COLUMNS),
    }));
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => this.show(data);
    this.filter('');
    const tick = (now: number): void => {
      this.draw(now);
      this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.worker.terminate();
  }

  /** Takes in the new draws of a chain; `quantity` gives those of a scalar. */
  append(chain: number, quantity: (index: number) => Float64Array): void {
    this.scalars.forEach(({ scalar }, index) => scalar.append(chain, quantity(index)));
  }

  /** Shows the quantities whose name contains a text. */
  filter(text: string): void {
    const found = this.scalars
      .map((entry, index) => ({ ...entry, index }))
      .filter(({ name }) => name.includes(text));
    this.panels = found.slice(0, ROWS).map(({ name, index, scalar }) => panelOf(name, index, scalar));
    this.root.replaceChildren(...this.panels.map(({ row }) => row));
    const hidden = found.length - this.panels.length;
    this.more.textContent = hidden > 0 ? `and ${hidden} more: narrow the search to see them` : '';
    for (const { scalar } of this.panels) scalar.changed = scalar.count > 0;
    this.diagnosed = -Infinity;
  }

  /** As many of the rows that changed as the budget allows, each in its turn. */
  private draw(now: number): void {
    const began = performance.now();
    for (let i = 0; i < this.panels.length && performance.now() - began < BUDGET; i++) {
      const panel = this.panels[this.next++ % this.panels.length];
      const { scalar } = panel;
      if (!scalar.changed) continue;
      scalar.changed = false;
      drawTrace(panel.trace, scalar);
      drawDensity(panel.density, scalar);
      panel.estimate.textContent = `${shown(scalar.mean)} ± ${shown(scalar.sd)}`;
      panel.row.dataset.draws = String(scalar.count);
    }
    if (this.panels.length > 0 && now - this.diagnosed > PAUSE / this.panels.length) this.diagnose(now);
  }

  /** Asks the worker about one of the rows. */
  private diagnose(now: number): void {
    this.diagnosed = now;
    const { index, scalar } = this.panels[this.asked++ % this.panels.length];
    const begun = scalar.chains.filter(({ count }) => count > 0);
    const draws = Math.min(...begun.map(({ count }) => count));
    if (begun.length < scalar.chains.length || draws < 8) return;
    const chains = begun.map(({ values }) => values.slice(0, draws));
    this.worker.postMessage(
      { index, chains },
      chains.map(({ buffer }) => buffer),
    );
  }

  private show({ index, rhat, ess }: Answer): void {
    const panel = this.panels.find((candidate) => candidate.index === index);
    if (panel === undefined) return;
    panel.diagnostics.textContent = `R-hat ${rhat.toFixed(3)}, ESS ${Math.round(ess)}`;
    panel.diagnostics.classList.toggle('bad', rhat > 1.01);
  }
}

function panelOf(name: string, index: number, scalar: GrowingScalar): Panel {
  const row = document.createElement('article');
  const heading = document.createElement('h3');
  heading.textContent = name;
  const estimate = document.createElement('span');
  const diagnostics = document.createElement('small');
  const words = document.createElement('div');
  words.append(heading, estimate, diagnostics);
  const trace = canvasOf(`Trace of ${name}`, COLUMNS, 72);
  const density = canvasOf(`Density of ${name}`, 200, 72);
  row.append(words, trace, density);
  row.dataset.name = name;
  return { name, index, scalar, row, trace, density, estimate, diagnostics };
}

function canvasOf(label: string, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  return canvas;
}

/** Names of all scalars of a layout, in its order. */
function namesOf(layout: Layout): string[] {
  return layout.quantities.flatMap(({ name, shape, dims }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    if (shape.length === 0) return [name];
    return Array.from({ length: size }, (_, flat) => {
      let rest = flat;
      const labels = shape.map((_, axis) => {
        const below = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
        const at = Math.floor(rest / below);
        rest %= below;
        return layout.coords[dims[axis] ?? '']?.[at] ?? at;
      });
      return `${name}[${labels.join(',')}]`;
    });
  });
}

function shown(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–';
}
