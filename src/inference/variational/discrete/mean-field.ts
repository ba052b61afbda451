/** The mean-field family of a model with discrete parameters: independent draws, each from a distribution that suits it. */

import type { AnyDistribution } from '../../../distributions/distribution';
import { bernoulliLogit } from '../../../distributions/bernoulliLogit';
import { binomialLogit } from '../../../distributions/binomialLogit';
import { categoricalLogit } from '../../../distributions/categoricalLogit';
import { negativeBinomialLog } from '../../../distributions/negativeBinomialLog';
import { normal } from '../../../distributions/normal';
import { exp, type Expression, withGraph } from '../../../expr';
import type { DiscreteParameter, Posterior } from '../../../model';
import { boundsOf } from '../../../model/discrete';
import { composed, drawOf, type Scale } from '../guide/composition';
import { Noise } from '../guide/draws';
import type { Transformation } from '../objective';
import { ParameterList } from '../parameters';
import type { DiscreteStart } from './start';

/** Most values of a whole number that has a probability for each of them. */
const MOST_CATEGORIES = 128;
/** Logit of the value that a number starts with most of its probability at. */
const FIRST_LOGIT = 2;
/** Dispersion that counts start with. */
const FIRST_DISPERSION = 10;

/**
 * Continuous parameters are Gaussian on the unconstrained scale. A discrete parameter with few values has a probability for
 * each; one with many a binomial, one without an upper end a negative binomial distribution from its lower end on.
 *
 * @param log that of the module, which is the same on every engine
 */
export function discreteMeanField(
  posterior: Posterior,
  { position, deviations }: DiscreteStart,
  log: (x: number) => number,
): Transformation {
  const { graph, inputs, quantities } = posterior;
  return withGraph(graph, () => {
    const parameters = new ParameterList(graph);
    const noise = new Noise(graph);
    const names = quantities.filter(({ kind }) => kind === 'parameter').map(({ name }) => name);
    let from = 0;
    const drawn = inputs.map((input, i) => {
      const name = names[i];
      const place = graph.input(name, input.shape);
      const end = from + input.size;
      const values = position.slice(from, end);
      const logDeviations = deviations.slice(from, end).map(log);
      from = end;
      const whole = posterior.discrete.find((parameter) => parameter.input === input);
      if (whole === undefined) {
        const location = parameters.starting(`location of ${name}`, input.shape, values);
        const logScale = parameters.starting(`log scale of ${name}`, input.shape, logDeviations);
        return drawOf(name, place, normal(location, exp(logScale)), noise);
      }
      const { distribution, lower } = suited(whole, values, parameters, log);
      return drawOf(name, place, distribution, noise, lower);
    });
    return composed(posterior, parameters, noise, drawn, unconstrained(posterior));
  });
}

/** The scale of the posterior's own inputs. */
function unconstrained({ inputs }: Posterior): Scale {
  return { unconstrain: (places) => places, constrained: inputs, logJacobians: [] };
}

/** A distribution from 0 on, and what is to be added to its draws. */
function suited(
  parameter: DiscreteParameter,
  start: Float64Array,
  parameters: ParameterList,
  log: (x: number) => number,
): { distribution: AnyDistribution; lower: Expression } {
  const { name, input } = parameter;
  const { graph, shape } = input;
  const { lower, upper } = boundsOf(parameter);
  if (!lower.every(Number.isFinite)) {
    throw new TypeError(
      `variational: the least value of '${name}' is not known beforehand, and no family suits it; write a guide`,
    );
  }
  const widths = upper.map((bound, i) => bound - lower[i]);
  const least = graph.constant(lower, shape);
  const [width] = widths;
  const above = start.map((value, i) => value - lower[i]);
  if (widths.every((other) => other === width) && width < MOST_CATEGORIES) {
    const title = `logits of ${name}`;
    if (width === 1) {
      const logits = above.map((value) => (value - 0.5) * 2 * FIRST_LOGIT);
      return { lower: least, distribution: bernoulliLogit(parameters.starting(title, shape, logits)) };
    }
    const logits = new Float64Array(above.length * (width + 1));
    above.forEach((value, i) => (logits[i * (width + 1) + value] = FIRST_LOGIT));
    return {
      lower: least,
      distribution: categoricalLogit(parameters.starting(title, [...shape, width + 1], logits)),
    };
  }
  if (widths.every(Number.isFinite)) {
    const logits = above.map((value, i) => log((value + 0.5) / (widths[i] - value + 0.5)));
    return {
      lower: least,
      distribution: binomialLogit(
        graph.constant(widths, shape),
        parameters.starting(`logit of ${name}`, shape, logits),
      ),
    };
  }
  const logMean = parameters.starting(
    `log mean of ${name}`,
    shape,
    above.map((value) => log(value + 0.5)),
  );
  const dispersion = exp(parameters.filled(`log dispersion of ${name}`, shape)).mul(FIRST_DISPERSION);
  return { lower: least, distribution: negativeBinomialLog(logMean, dispersion) };
}
