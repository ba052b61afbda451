/** Effects of two crossed factors: the data tell sums of a level of each, so that all of one factor vary against the other's. */
import { halfNormal, normal } from '../../src/distributions';
import { index, model, vector } from '../../src/model';
import { Generator } from '../random';

/** `rows` observations of pairs of `levels` levels each, drawn at random. */
export function crossedEffects(levels: number, rows: number) {
  const random = new Generator(9);
  const first = random.normals(levels);
  const second = random.normals(levels);
  const level = (): number => Math.floor(levels * random.uniform());
  const one = Int32Array.from({ length: rows }, level);
  const two = Int32Array.from({ length: rows }, level);
  const y = Float64Array.from(one, (i, row) => 2 + first[i] + second[two[row]] + random.normal());
  return model({ y: vector('row'), one: index('row', 'first'), two: index('row', 'second') })
    .param('mean', normal(0, 10))
    .param('firstSpread', halfNormal(2))
    .param('secondSpread', halfNormal(2))
    .param('sigma', halfNormal(2))
    .param('first', ({ firstSpread }) => normal(0, firstSpread), { dims: ['first'] })
    .param('second', ({ secondSpread }) => normal(0, secondSpread), { dims: ['second'] })
    .observe('y', ({ mean, first, second, sigma, one, two }) =>
      normal(first.gather(one).add(second.gather(two)).add(mean), sigma),
    )
    .condition({ y, one, two });
}
