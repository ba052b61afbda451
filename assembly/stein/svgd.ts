/**
 * Stein variational gradient descent (Liu & Wang 2016): particles climb the density together and push each other apart,
 * φ(xᵢ) = mean over j of k(xⱼ, xᵢ) ∇log p(xⱼ) + ∇ⱼ k(xⱼ, xᵢ), with a Gaussian kernel of the median distance. Coordinates
 * are measured in given scales.
 */

import { exp, log } from "../math/scalar";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { vectorBytes, vectorEnd } from "../dynamics/space";
import { climb, FIRST_DECAY, SECOND_DECAY } from "../variational/adam";

@unmanaged
export class Particles {
  count: i32;
  firstPower: f64;
  secondPower: f64;
  /** Rows of vectors: positions in units of the scales, gradients in these, directions, and the moments of directions. */
  positions: usize;
  gradients: usize;
  directions: usize;
  first: usize;
  second: usize;
  scales: usize;
  logDensities: usize;
  /** Squared distances of all pairs. */
  distances: usize;
}

export function createParticles(count: i32): Particles {
  const particles = changetype<Particles>(allocate(offsetof<Particles>()));
  const bytes = <usize>count * vectorBytes();
  particles.count = count;
  particles.firstPower = 1;
  particles.secondPower = 1;
  particles.positions = allocate(bytes);
  particles.gradients = allocate(bytes);
  particles.directions = allocate(bytes);
  particles.first = allocate(bytes);
  particles.second = allocate(bytes);
  particles.scales = allocate(vectorBytes());
  particles.logDensities = allocate(<usize>count << 3);
  particles.distances = allocate((<usize>count * <usize>(count - 1)) << 2);
  return particles;
}

/** Where the scales are to be written. */
export function particleScales(particles: Particles): usize {
  return particles.scales;
}

/** Where a particle's position is, in units of the scales. */
export function particlePosition(particles: Particles, number: i32): usize {
  return particles.positions + <usize>number * vectorBytes();
}

export function particleLogDensities(particles: Particles): usize {
  return particles.logDensities;
}

/** Gradients of all particles; one whose density is not finite has none, and is only pushed. */
function evaluateAll(particles: Particles): void {
  const stride = vectorBytes();
  const from = evaluationPosition();
  const gradient = evaluationGradient();
  for (let i = 0; i < particles.count; ++i) {
    const position = particles.positions + <usize>i * stride;
    const result = particles.gradients + <usize>i * stride;
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(from + at, f64x2.mul(v128.load(particles.scales + at), v128.load(position + at)));
    }
    const value = evaluateDensity();
    let defect = value - value;
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 8) {
      const g = load<f64>(gradient + at) * load<f64>(particles.scales + at);
      defect += g - g;
      store<f64>(result + at, g);
    }
    store<f64>(particles.logDensities + (<usize>i << 3), isFinite(value) ? value : -Infinity);
    if (defect != 0) memory.fill(result, 0, stride);
  }
}

/** Squared distances of all pairs, and their median. */
function measure(particles: Particles): f64 {
  const stride = vectorBytes();
  let to = particles.distances;
  for (let i = 1; i < particles.count; ++i) {
    for (let j = 0; j < i; ++j, to += 8) {
      const a = particles.positions + <usize>i * stride;
      const b = particles.positions + <usize>j * stride;
      let sum = f64x2.splat(0);
      for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
        const apart = f64x2.sub(v128.load(a + at), v128.load(b + at));
        sum = f64x2.add(sum, f64x2.mul(apart, apart));
      }
      store<f64>(to, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
  }
  return median(particles.distances, <i32>((to - particles.distances) >> 3));
}

let copy: usize = 0;
let copySize: i32 = 0;

/** The middle one of `count` numbers, by Hoare's selection on a copy. */
function median(values: usize, count: i32): f64 {
  if (copySize < count) {
    copy = allocate(<usize>count << 3);
    copySize = count;
  }
  memory.copy(copy, values, <usize>count << 3);
  const middle = count >> 1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = load<f64>(copy + (<usize>((low + high) >> 1) << 3));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<f64>(copy + (<usize>i << 3)) < pivot) i++;
      while (load<f64>(copy + (<usize>j << 3)) > pivot) j--;
      if (i <= j) {
        const held = load<f64>(copy + (<usize>i << 3));
        store<f64>(copy + (<usize>i << 3), load<f64>(copy + (<usize>j << 3)));
        store<f64>(copy + (<usize>j << 3), held);
        i++;
        j--;
      }
    }
    if (j < middle) low = i;
    if (i > middle) high = j;
  }
  return load<f64>(copy + (<usize>middle << 3));
}

/** `steps` steps of size `rate` (in units of the scales); returns the root mean square of φ in the last. */
export function moveParticles(particles: Particles, steps: i32, rate: f64): f64 {
  let norm: f64 = 0;
  for (let step = 0; step < steps; ++step) {
    evaluateAll(particles);
    norm = direct(particles, measure(particles));
    particles.firstPower *= FIRST_DECAY;
    particles.secondPower *= SECOND_DECAY;
    for (let i = 0; i < particles.count; ++i) {
      const at = <usize>i * vectorBytes();
      climb(
        particles.positions + at,
        particles.directions + at,
        0,
        particles.first + at,
        particles.second + at,
        1,
        rate,
        particles.firstPower,
        particles.secondPower,
      );
    }
  }
  evaluateAll(particles);
  return norm;
}

/** The direction of each particle; returns their root mean square. */
function direct(particles: Particles, middle: f64): f64 {
  const stride = vectorBytes();
  const n = particles.count;
  const width = middle / log(<f64>n + 1);
  const inverse = width > 0 ? 1 / width : 1;
  const share = 1 / <f64>n;
  memory.copy(particles.directions, particles.gradients, <usize>n * stride);
  let from = particles.distances;
  for (let i = 1; i < n; ++i) {
    for (let j = 0; j < i; ++j, from += 8) {
      const kernel = exp(-inverse * load<f64>(from));
      const k = f64x2.splat(kernel);
      const push = f64x2.splat(2 * inverse * kernel);
      const a = <usize>i * stride;
      const b = <usize>j * stride;
      for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
        const apart = f64x2.sub(v128.load(particles.positions + a + at), v128.load(particles.positions + b + at));
        const away = f64x2.mul(push, apart);
        const first = f64x2.add(f64x2.mul(k, v128.load(particles.gradients + b + at)), away);
        const second = f64x2.sub(f64x2.mul(k, v128.load(particles.gradients + a + at)), away);
        v128.store(particles.directions + a + at, f64x2.add(v128.load(particles.directions + a + at), first));
        v128.store(particles.directions + b + at, f64x2.add(v128.load(particles.directions + b + at), second));
      }
    }
  }
  let squares: f64 = 0;
  for (let at = particles.directions, end = at + <usize>n * stride; at < end; at += 8) {
    const value = share * load<f64>(at);
    store<f64>(at, value);
    squares += value * value;
  }
  return sqrt<f64>(squares / (<f64>n * <f64>dimension()));
}
