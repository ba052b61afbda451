/**
 * How much work makes a batch: long enough to cost nothing, short enough for progress, aborting and a page
 * that stays alive.
 */

const MILLISECONDS = 15;

export class Pace {
  /** Gradients of the next batch. */
  gradients = 64;

  /** Learn from a batch. */
  update(gradients: number, seconds: number): void {
    const wanted = (gradients * MILLISECONDS) / Math.max(1000 * seconds, 0.01);
    this.gradients = Math.max(1, Math.min(wanted, 8 * this.gradients));
  }
}
