/** What the full build exports of assembly/stein. */

export interface SteinExports {
  createParticles(count: number): number;
  /** Where the scales of the coordinates belong. */
  particleScales(particles: number): number;
  /** Where a particle's position is, in units of the scales. */
  particlePosition(particles: number, number: number): number;
  particleLogDensities(particles: number): number;
  /** Moves all particles; returns the root mean square of the direction in the last step. */
  moveParticles(particles: number, steps: number, rate: number): number;
}
