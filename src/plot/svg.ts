/** Draws a specification as SVG, without a browser. */

import { escaped } from './escape';
import type { Specification } from './specification';

/**
 * The picture as the text of an SVG element. Its text takes the colour of the surrounding page, black on its own.
 *
 * @param specification from a function of this module, or any Vega-Lite specification with its data
 */
export async function toSVG(specification: Specification): Promise<string> {
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = compile(specification as unknown as Parameters<typeof compile>[0]);
  const view = new View(parse(compiled.spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    return svg.replace('<svg ', `<svg role="img" aria-label="${escaped(specification.description)}" `);
  } finally {
    view.finalize();
  }
}
