/** Figures of the page: what each shows, how to read it, drawn when it comes into view. */

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

let observer: IntersectionObserver | undefined;
const pending = new WeakMap<Element, Figure>();

/** Puts figures into a container, in place of those that were there. */
export function showFigures(container: HTMLElement, figures: readonly Figure[]): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer!.unobserve(target);
        void draw(target as HTMLElement, pending.get(target)!);
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
}

async function draw(plot: HTMLElement, figure: Figure): Promise<void> {
  const width = Math.max(180, plot.clientWidth - MARGINS);
  try {
    plot.innerHTML = await toSVG(figure.specify({ width }));
  } catch (error) {
    plot.textContent = `This figure cannot be drawn: ${(error as Error).message}`;
  }
  plot.dataset.drawn = 'true';
}
