/** Standard exponential draws by the ziggurat; past its edge the tail is the distribution itself, moved. */
import { exp, log } from "../math/scalar";
import { nextU64, uniform } from "./xoshiro";
import { TABLE_BYTES, edge, fillTable, heightWithin, positionWithin } from "./ziggurat";

/** Where the tail begins and the area of a layer: the solution for 256 layers, computed to 40 digits. */
const TAIL: f64 = 7.69711747013105;
const AREA: f64 = 0.003949659822581557;

@unmanaged
class Shape {
  density(x: f64): f64 {
    return exp(-x);
  }
  inverse(y: f64): f64 {
    return -log(y);
  }
}

const TABLE: usize = memory.data(TABLE_BYTES, 16);
fillTable<Shape>(TABLE, TAIL, AREA);

/** A standard exponential draw. */
export function exponential(state: usize): f64 {
  let start: f64 = 0;
  while (true) {
    const bits = nextU64(state);
    const layer = <usize>(bits & 255);
    const x = positionWithin(edge(TABLE, layer), bits);
    if (x < edge(TABLE, layer + 1)) return start + x;
    if (layer === 0) start += TAIL;
    else if (heightWithin(TABLE, layer, uniform(state)) < exp(-x)) return start + x;
  }
}

/** `count` standard exponentials. */
export function fillExponential(state: usize, out: usize, count: i32): void {
  for (const end = out + (<usize>count << 3); out < end; out += 8) store<f64>(out, exponential(state));
}
