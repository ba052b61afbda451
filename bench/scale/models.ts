/** Posteriors as large as one likes: a Gaussian whose precision is tridiagonal, and a hierarchy of groups. */
import { autoregressive, halfNormal, normal } from '../../src/distributions';
import { index, model, vector } from '../../src/model';
import type { ProgramTarget } from '../../src/target/target';
import { Generator } from '../random';

export interface Scalable {
  readonly name: string;
  /** A posterior of so many parameters. */
  build(parameters: number): { readonly target: ProgramTarget };
}

/** A stationary AR(1) process with unit variance and correlation 0.8 between neighbours: condition number 81. */
const tridiagonal: Scalable = {
  name: 'Gaussian, tridiagonal precision',
  build: (parameters) =>
    model({})
      .dim('step', parameters)
      .param('x', autoregressive([0.8], 0.6, { initial: normal(0, 1) }), { dims: ['step'] })
      .condition({}),
};

/** Three observations of each group, whose means vary about a common one; all scales unknown. */
const hierarchy: Scalable = {
  name: 'hierarchical normal model',
  build(parameters) {
    const groups = parameters - 3;
    const random = new Generator(7);
    const level = random.normals(groups, 1);
    const group = Int32Array.from({ length: 3 * groups }, (_, i) => i % groups);
    const y = Float64Array.from(group, (g) => 5 + level[g] + random.normal());
    return model({ y: vector('row'), group: index('row', 'group') })
      .param('mean', normal(0, 10))
      .param('spread', halfNormal(5))
      .param('sigma', halfNormal(5))
      .param('effect', ({ mean, spread }) => normal(mean, spread), { dims: ['group'] })
      .observe('y', ({ effect, group, sigma }) => normal(effect.gather(group), sigma))
      .condition({ y, group });
  },
};

export const scalable: readonly Scalable[] = [tridiagonal, hierarchy];
