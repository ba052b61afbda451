/** Makes the standard draws of a leaf, for many draws of the model in one call. */
import { during } from '../model/error';
import type { Numbers, RandomStream } from '../random';
import type { Leaf } from './leaves';

/** `count` times the leaf, draw after draw; parameters are numbers for all, or values draw after draw. */
export function fill(
  { kind, input, owner, parameters: expressions }: Leaf,
  stream: RandomStream,
  count: number,
  parameters: readonly Numbers[],
): Float64Array {
  return during(owner, () => {
    const size = count * input.size;
    if (kind === 'categorical') {
      return stream.categorical(size, parameters[0] as Float64Array, expressions[0].shape.at(-1));
    }
    if (kind === 'multinomial') {
      const categories = input.shape.at(-1)!;
      return stream.multinomial(size / categories, parameters[0], parameters[1] as Float64Array, categories);
    }
    const draw = stream[kind] as (target: number, ...parameters: Numbers[]) => Float64Array;
    return draw.call(stream, size, ...parameters);
  });
}
