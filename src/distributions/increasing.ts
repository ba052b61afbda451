/** Vectors of increasing numbers, as cutpoints are. */
import { equal, less, slice, sum } from '../expr';
import type { JointRequirement } from './support';

export const increasing: JointRequirement = {
  text: 'increase',
  holds: (x) => {
    if (x.shape[x.rank - 1] === 1) return x.graph.scalar(1);
    const steps = less(slice(x, 0, -1, -1), slice(x, 1, undefined, -1));
    return equal(sum(steps, -1), steps.shape[steps.rank - 1]);
  },
};
