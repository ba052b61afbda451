/** A mixture of normals; which one a point came from is summed out. */
import { flat, logNormal, mixture, normal } from '../../src/distributions';
import { model, vector } from '../../src/model';
import { ordered, simplex } from '../../src/transforms';
import { Generator } from '../random';
import type { Subject } from '../subject';

const SPACING = 3;

export function normalMixture(points: number, components: number): Subject {
  const random = new Generator(13);
  const y = Float64Array.from({ length: points }, () => {
    const component = Math.floor(components * random.uniform());
    return SPACING * component + random.normal();
  });
  const indices = Array.from({ length: components }, (_, k) => k);
  const posterior = model({ y: vector('point') })
    .param('weights', flat(), { dims: [components], constraint: simplex })
    .param('mu', normal(0, 10), { dims: [components], constraint: ordered })
    .param('sigma', logNormal(0, 1), { dims: [components] })
    .observe('y', ({ weights, mu, sigma }) =>
      mixture(
        weights,
        indices.map((k) => normal(mu.at(k), sigma.at(k))),
      ),
    )
    .condition({ y });
  return {
    posterior,
    stan: { program: 'mixture', data: { N: points, K: components, y } },
    // Even weights nearly; means from 0.2 in steps of about 3; logarithms of spreads.
    position: Float64Array.of(
      ...random.normals(components - 1, 0.1),
      0.2,
      ...random.normals(components - 1, 0.1).map((step) => Math.log(SPACING) + step),
      ...random.normals(components, 0.1),
    ),
  };
}
