/** Figures of the page: what each shows, how to read it, drawn when it comes into view, or the browser has time. */

import { type PlotOptions, type Specification, toSVG } from '../../plot';

export interface Figure {
  /** How to read it. */
  readonly caption: string;
  /** Across the whole page. */
  readonly wide?: boolean;
  specify(size: PlotOptions): Specification;
}

/** What axes and legend take of the width. */
const MARGINS = 130;

/** Milliseconds that belong to what the reader sees first. */
const SETTLING = 2000;

let observer: IntersectionObserver | undefined;
const pending = new Map<HTMLElement, Figure>();
let resting = false;

/** Puts figures into a container, in place of those that were there. */
export function showFigures(container: HTMLElement, figures: readonly Figure[]): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) void draw(target as HTMLElement);
      }
    },
    { rootMargin: '300px' },
  );
  container.replaceChildren(
    ...figures.map((figure) => {
      const frame = document.createElement('figure');
      frame.className = figure.wide ? 'wide' : '';
      const plot = document.createElement('div');
      plot.className = 'plot';
      const caption = document.createElement('figcaption');
      caption.textContent = figure.caption;
      frame.append(plot, caption);
      pending.set(plot, figure);
      observer!.observe(plot);
      return frame;
    }),
  );
  for (const plot of pending.keys()) if (!plot.isConnected) pending.delete(plot);
  setTimeout(drawWhenIdle, SETTLING);
}

/** One figure at a time: on paper there is no coming into view. Browsers without this callback print what was seen. */
function drawWhenIdle(): void {
  if (resting || pending.size === 0 || !('requestIdleCallback' in window)) return;
  resting = true;
  requestIdleCallback(async () => {
    for (const [plot] of [...pending].slice(0, 1)) await draw(plot);
    resting = false;
    drawWhenIdle();
  });
}

async function draw(plot: HTMLElement): Promise<void> {
  const figure = pending.get(plot);
  if (figure === undefined) return;
  pending.delete(plot);
  observer!.unobserve(plot);
  const width = Math.max(180, plot.clientWidth - MARGINS);
  try {
    plot.innerHTML = await toSVG(figure.specify({ width }));
  } catch (error) {
    plot.textContent = `This figure cannot be drawn: ${(error as Error).message}`;
  }
  plot.dataset.drawn = 'true';
}
