/** Metropolis–Hastings with proposals made in the module. */

import { type FullExports, loadFullModule } from '../../backend/wasm';
import type { Fit } from '../fit';
import { OptionReader, type SamplerOptions } from '../options';
import type { Ranks, Samplable } from '../posterior';
import { runKernel } from '../kernel';
import { sample } from '../sample';
import { planBlocks } from './blocks';
import { prepareProposal, type IndependenceProposal } from './independence';
import { metropolisKernel } from './metropolis-kernel';
import { type Proposal, proposalKernel } from './proposal';
import { dimensionOf, withoutGradient } from './target';
import { requireInitial, wholeMoves } from './whole';

export interface MetropolisOptions extends Omit<SamplerOptions, 'targetAcceptance'> {
  /**
   * 'random-walk' (default), whose scale and covariance are learnt in warm-up; an independence proposal; or one's own, whose
   * chains run in the calling thread.
   */
  readonly proposal?: 'random-walk' | IndependenceProposal | Proposal;
  /**
   * Parameters that are proposed together, block after block; parameters that are not named make a block of their own. By
   * default all form one block. Blocks use a diagonal metric.
   */
  readonly blocks?: readonly (readonly string[])[];
  /**
   * Parameters of a `fromFunction` density that take whole numbers: they move by whole steps, each in a block of its own, and
   * need initial values. A model's discrete parameters are known without it.
   */
  readonly integers?: readonly string[];
}

/** Above this many dimensions a covariance is not learnt unless it is asked for. */
const DENSE_LIMIT = 200;

/**
 * Draws from a posterior by Metropolis–Hastings in the unconstrained space. The random walk learns its covariance in
 * doubling windows of warm-up (Haario, Saksman & Tamminen 2001) and its scale by stochastic approximation towards an
 * acceptance of 0.44 in one dimension to 0.234 in many (Roberts & Rosenthal 2001). Discrete parameters move one number at
 * a time: counts by whole steps, binaries and categories to any other value. Needs no gradient.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function metropolis<R extends Ranks>(
  posterior: Samplable<R>,
  options: MetropolisOptions = {},
): Promise<Fit<R>> {
  const dimension = dimensionOf(posterior);
  const reader = new OptionReader(
    'metropolis',
    options,
    ['proposal', 'blocks', 'integers'],
    ['targetAcceptance'],
  );
  const { proposal = 'random-walk', integers = [] } = options;
  if (typeof proposal === 'object' && 'propose' in proposal) {
    for (const name of ['blocks', 'integers', 'metric', 'stepSize', 'workers', 'worker']) {
      if (reader.has(name)) throw new TypeError(`metropolis: a proposal of one's own goes without ${name}`);
    }
    return runKernel(withoutGradient(posterior), proposalKernel(proposal), reader);
  }
  const whole = wholeMoves('metropolis', posterior, integers);
  const blocks = planBlocks(posterior, options.blocks ?? [], whole);
  const independent = proposal === 'random-walk' ? undefined : prepareProposal(proposal, dimension);
  if (independent && (options.blocks || whole.size > 0 || reader.has('metric') || reader.has('stepSize'))) {
    throw new TypeError(
      'metropolis: an independence proposal goes without blocks, discrete parameters, metric and stepSize',
    );
  }
  requireInitial('metropolis', options.initial, integers);
  const several = blocks.ends.length > 1;
  const common = reader.common();
  const metric = independent
    ? 'dense'
    : reader.has('metric')
      ? common.metric
      : several || dimension > DENSE_LIMIT
        ? 'diagonal'
        : 'dense';
  if (several && metric === 'dense')
    throw new TypeError("metropolis: blocks need metric: 'diagonal' or 'unit'");
  const { algorithm, configure } = metropolisKernel(dimension, blocks, whole, independent);
  return sample<R, FullExports>(
    withoutGradient(posterior),
    { ...common, metric, algorithm },
    reader.run(common),
    { load: loadFullModule, configure },
  );
}
