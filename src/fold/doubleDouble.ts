/** Sums of products in twice the precision of a number: an unevaluated sum of two (Dekker 1971; Ogita, Rump, Oishi 2005). */

/** 2²⁷ + 1: splits a number into two of 26 bits, whose products are exact. */
export const SPLITTER = 134217729;

/** A running value high + low, |low| at most half a unit in the last place of high. */
export class DoubleDouble {
  constructor(
    public high = 0,
    public low = 0,
  ) {}

  set(high: number, low: number): this {
    this.high = high;
    this.low = low;
    return this;
  }

  add(high: number, low: number): this {
    const sum = this.high + high;
    const part = sum - this.high;
    const error = this.high - (sum - part) + (high - part) + (this.low + low);
    this.high = sum + error;
    this.low = sum - this.high + error;
    return this;
  }

  /** Adds (a + aLow)·(b + bLow). */
  addProduct(a: number, aLow: number, b: number, bLow: number): this {
    const product = a * b;
    const aScaled = SPLITTER * a;
    const bScaled = SPLITTER * b;
    const aHead = aScaled - (aScaled - a);
    const bHead = bScaled - (bScaled - b);
    const [aTail, bTail] = [a - aHead, b - bHead];
    const error = aHead * bHead - product + aHead * bTail + aTail * bHead + aTail * bTail;
    return this.add(product, error + (a * bLow + aLow * b));
  }

  /** Divides by b + bLow. */
  divide(b: number, bLow: number): this {
    const first = this.high / b;
    this.addProduct(-first, 0, b, bLow);
    const second = this.high / b;
    this.high = first + second;
    this.low = first - this.high + second;
    return this;
  }

  /** Replaces the value, which must be positive, by its root. */
  squareRoot(): this {
    const root = Math.sqrt(this.high);
    this.addProduct(-root, 0, root, 0);
    const correction = this.high / (2 * root);
    this.high = root + correction;
    this.low = root - this.high + correction;
    return this;
  }
}

/** A square matrix of such values, row by row. */
export interface DoubleDoubleMatrix {
  readonly size: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export function zeroMatrix(size: number): DoubleDoubleMatrix {
  return { size, high: new Float64Array(size * size), low: new Float64Array(size * size) };
}
