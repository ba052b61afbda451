/** Which options go with discrete parameters, of which only guides and the mean-field family have draws. */

import type { Target } from '../../../target/target';
import type { VariationalSettings } from '../settings';

/** @throws TypeError, RangeError that name the option and the first discrete parameter */
export function requireDiscreteFamily({ layout }: Target, settings: VariationalSettings): void {
  const whole = layout.quantities.find(({ discrete }) => discrete);
  if (whole === undefined) return;
  const { family, update, minibatch, drawsPerStep } = settings;
  if (family !== 'mean-field' && family !== 'guide') {
    throw new TypeError(
      `variational: family '${family}' is continuous, and '${whole.name}' is discrete; take family 'mean-field' or a guide`,
    );
  }
  if (update !== 'natural') {
    throw new TypeError(
      `variational: update '${update}' is for Gaussians, and '${whole.name}' is discrete; leave it out`,
    );
  }
  if (minibatch !== undefined) {
    throw new TypeError(
      `variational: minibatch is for Gaussians, and '${whole.name}' is discrete; leave it out`,
    );
  }
  if (drawsPerStep < 2) {
    throw new RangeError(
      `variational: drawsPerStep must be at least 2 where a parameter ('${whole.name}') is discrete, as draws are compared ` +
        `with the others of their step; got ${drawsPerStep}`,
    );
  }
}
