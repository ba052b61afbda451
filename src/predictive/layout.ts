/** Where predicted quantities lie in a draw. */
import type { Dimensions } from '../model/dimensions';
import type { Layout, Quantity } from '../target/target';
import type { Site } from '../simulation/replay';

export function layoutOf(sites: readonly Site[], dimensions: Dimensions): Layout {
  let offset = 0;
  const quantities = sites.map(({ name, kind, value, dims }): Quantity => {
    const named = dims.map((dim) => (typeof dim === 'string' ? dim : undefined));
    const quantity = { name, kind, shape: value.shape, dims: named, offset };
    offset += value.size;
    return quantity;
  });
  const used = new Set(quantities.flatMap((quantity) => quantity.dims));
  const coords = Object.entries(dimensions.coords()).filter(([dim]) => used.has(dim));
  return { quantities, size: offset, coords: Object.fromEntries(coords) };
}
