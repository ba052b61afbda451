/** Standard normal draws by the ziggurat; past its edge by Marsaglia's exact tail method (1964). */
import { exp, log } from "../math/scalar";
import { exponential } from "./exponential";
import { nextU64, uniform } from "./xoshiro";
import { TABLE_BYTES, edge, fillTable, heightWithin, positionWithin } from "./ziggurat";

/** Where the tail begins and the area of a layer: the solution for 256 layers, computed to 40 digits. */
const TAIL: f64 = 3.654152885361009;
const AREA: f64 = 0.004928673233974655;
/** The bit of a draw that becomes the sign: neither the layer's nor the position's. */
const SIGN: u64 = 256;

@unmanaged
class Shape {
  density(x: f64): f64 {
    return exp(-0.5 * x * x);
  }
  inverse(y: f64): f64 {
    return sqrt<f64>(-2 * log(y));
  }
}

const TABLE: usize = memory.data(TABLE_BYTES, 16);
fillTable<Shape>(TABLE, TAIL, AREA);

/** A standard normal draw. */
export function normal(state: usize): f64 {
  while (true) {
    const bits = nextU64(state);
    const layer = <usize>(bits & 255);
    const x = positionWithin(edge(TABLE, layer), bits);
    if (x < edge(TABLE, layer + 1)) return withSignBit(x, bits);
    if (layer === 0) return withSignBit(beyondTail(state), bits);
    if (heightWithin(TABLE, layer, uniform(state)) < exp(-0.5 * x * x)) return withSignBit(x, bits);
  }
}

// @ts-ignore: decorator
@inline
function withSignBit(x: f64, bits: u64): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) | ((bits & SIGN) << 55));
}

/**
 * A draw from the normal tail above `TAIL`: an exponential of that rate, accepted with probability
 * exp(−step²/2).
 */
function beyondTail(state: usize): f64 {
  while (true) {
    const step = exponential(state) / TAIL;
    if (2 * exponential(state) > step * step) return TAIL + step;
  }
}

/** `count` standard normals. */
export function fillNormal(state: usize, out: usize, count: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8) store<f64>(out, normal(state));
}
