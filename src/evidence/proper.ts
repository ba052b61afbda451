/** Evidence needs priors that integrate to one. */

import type { Posterior } from '../model';
import { titleOf } from '../model/step';

/**
 * @returns warnings about terms whose normalisation cannot be seen
 * @throws RangeError that names the parameters whose priors are improper, or cut off without being normalised
 */
export function requireProper(method: string, posterior: Posterior): string[] {
  if (!('origin' in posterior)) {
    throw new TypeError(`${method}: the evidence is that of a conditioned model, whose prior is known`);
  }
  const priors = new Set(posterior.terms.filter(({ role }) => role === 'prior').map(({ name }) => name));
  const { steps } = posterior.origin.model;
  const free = steps.filter((step) => step.kind === 'term');
  const flat = steps.filter((step) => step.kind === 'parameter' && !priors.has(step.name));
  if (flat.length > 0) {
    const names = flat.map(({ name }) => `'${name}'`).join(', ');
    throw new RangeError(
      `${method}: the evidence is undefined under the improper flat prior of ${names}; give it a proper one ` +
        '(uniform(a, b) where bounds are known)',
    );
  }
  const cut = steps.find((step) => step.kind === 'parameter' && step.constraint !== undefined);
  if (cut !== undefined) {
    throw new RangeError(
      `${method}: the evidence needs normalised priors, and the constraint of ${titleOf(cut)} cuts its prior off ` +
        'without normalising it; use a distribution with that support, or truncated(…)',
    );
  }
  return free.map(
    (step) =>
      `${titleOf(step)} is a term of one's own: the evidence is right only if it is normalised, constants and all.`,
  );
}
