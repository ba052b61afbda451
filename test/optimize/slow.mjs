/** A density that takes its time. */
import { density } from '../inference/gaussian.mjs';

const after = (milliseconds) => (position, gradient) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return density(position, gradient);
};

export const after5 = after(5);
export const after500 = after(500);
