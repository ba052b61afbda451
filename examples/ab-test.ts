/** Two variants of a page: which converts better, what a wrong choice costs, and when to stop asking. */
import { betaBernoulli, differenceInterval, expectedLoss, probabilityGreater, random } from 'credence';

/** A difference below this is worth nothing to us. */
const CARE = 0.001;

// What earlier pages suggest: about one in eight, worth forty visits.
const prior = betaBernoulli({ alpha: 5, beta: 35 });
const visitors = await random(7);

let a = prior;
let b = prior;
for (let day = 1; day <= 60; day++) {
  // The true rates, which nobody knows.
  a = a.update(visitors.binomial(200, 1, 0.12));
  b = b.update(visitors.binomial(200, 1, 0.15));
  const [lossA, lossB] = expectedLoss([a, b]);
  if (Math.min(lossA, lossB) > CARE / 10) continue;

  const [low, high] = differenceInterval(b, a);
  console.log(`Day ${day}, ${a.observations + b.observations} visits`);
  console.log(`P(B > A) = ${probabilityGreater(b, a).toFixed(4)}`);
  console.log(`B − A lies between ${low.toFixed(4)} and ${high.toFixed(4)} with probability 0.95`);
  console.log(`Choosing ${lossB < lossA ? 'B' : 'A'} gives away ${Math.min(lossA, lossB).toExponential(1)}`);

  // The same by draws, for what has no formula: how likely is B at least a tenth better?
  const draws = 100_000;
  const [rateA, rateB] = [a, b].map((arm) => arm.draws(visitors, draws));
  const better = rateA.filter((rate, i) => rateB[i] > 1.1 * rate).length / draws;
  console.log(`P(B > 1.1 A) ≈ ${better.toFixed(3)}`);

  // And tomorrow's conversions among two hundred visits, were B shown to all.
  const [least, most] = b.predictive(200).interval(0.9);
  console.log(`Tomorrow between ${least} and ${most} conversions with probability 0.9`);
  break;
}
