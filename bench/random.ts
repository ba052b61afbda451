/** Made-up data from a linear congruential generator, so that every machine measures the same numbers. */

export class Generator {
  constructor(private state: number) {}

  /** In [0, 1). */
  uniform(): number {
    // Multiplier and increment from Press et al., Numerical Recipes (2nd ed.), §7.1.
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }

  /** Nearly standard normal: the sum of twelve uniforms. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  normals(count: number, scale = 1): Float64Array {
    return Float64Array.from({ length: count }, () => scale * this.normal());
  }

  /** Poisson by counting the events of a unit of time, for small rates. */
  poisson(rate: number): number {
    let count = -1;
    for (let time = 0; time < rate; count++) time -= Math.log(1 - this.uniform());
    return count;
  }
}
