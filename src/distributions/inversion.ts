/** Draws by inversion of a distribution function that is known only forwards. */
import {
  abs,
  add,
  div,
  expand,
  floor,
  less,
  log,
  log1p,
  mul,
  neg,
  scan,
  select,
  sub,
  type Operand,
} from '../expr';
import type { Expression } from '../expr';
import type { Distribution } from './distribution';
import type { Variates } from './variate';

/** As many halvings as tell apart the numbers of an interval of length 2. */
const HALVINGS = 64;
/** Stands for infinity where that would make NaN. */
const FAR = 1e300;

/**
 * The value that a uniform draw is the distribution function of, by bisection between the bounds. It halves
 * t = x/(1 + |x|), which is finite where a bound is not; x comes out to within 1e−16·(1 + |x|)². Compared is the smaller
 * tail.
 */
export function byInversion(
  distribution: Distribution<number>,
  lower: Operand | undefined,
  upper: Operand | undefined,
  draw: Variates,
): Expression {
  const { graph, shape } = draw;
  const uniform = draw.uniform(0, 1);
  const isLow = less(uniform, 0.5);
  const target = select(isLow, log(uniform), log1p(neg(uniform)));
  const end = (bound: Operand | undefined, otherwise: number): Expression => {
    const x = graph.expression(bound ?? otherwise);
    const finite = select(less(abs(x), FAR), x, select(less(x, 0), -FAR, FAR));
    return expand(div(finite, add(1, abs(finite))), shape);
  };
  const valueOf = (t: Expression): Expression => div(t, sub(1, abs(t)));
  const { state } = scan(
    { initial: { low: end(lower, -FAR), high: end(upper, FAR) }, length: HALVINGS },
    ({ low, high }) => {
      const middle = mul(0.5, add(low, high));
      const x = valueOf(middle);
      const isBelow = select(
        isLow,
        less(distribution.logCdf(x), target),
        less(target, distribution.logCcdf(x)),
      );
      return { state: { low: select(isBelow, middle, low), high: select(isBelow, high, middle) } };
    },
  );
  const found = valueOf(state.high);
  // A whole number may have come out just below itself.
  return distribution.discrete ? floor(add(found, mul(1e-9, add(1, abs(found))))) : found;
}
