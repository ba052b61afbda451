/** Ranks at the type level, so that the number of axes of a result is known to the compiler. */
import type { Expression } from './expression';

/** What free functions accept: an expression, a number, or data. */
export type Operand = Expression | number | Data;

/** Data by itself: a typed array is a vector, nested arrays give one axis a level. */
export type Data = NumericArray | readonly number[] | readonly (readonly number[])[];
export type NumericArray =
  Float64Array | Float32Array | Int32Array | Uint8Array | Uint32Array | Int8Array | Int16Array | Uint16Array;

export type RankOf<T> =
  T extends Expression<infer R>
    ? R
    : T extends number
      ? 0
      : T extends NumericArray
        ? 1
        : T extends readonly (readonly number[])[]
          ? T extends readonly number[]
            ? 1
            : 2
          : T extends readonly number[]
            ? 1
            : number;

type Ladder = [0, 1, 2, 3, 4, 5, 6];
type Below = {
  0: never;
  1: 0;
  2: 0 | 1;
  3: 0 | 1 | 2;
  4: 0 | 1 | 2 | 3;
  5: 0 | 1 | 2 | 3 | 4;
  6: 0 | 1 | 2 | 3 | 4 | 5;
};

/** The larger rank: what broadcasting gives. */
export type MaxRank<A extends number, B extends number> = number extends A
  ? number
  : number extends B
    ? number
    : B extends keyof Below
      ? A extends Below[B]
        ? B
        : A
      : number;

export type Broadcast<A, B> = MaxRank<RankOf<A>, RankOf<B>>;

/** One axis fewer, one axis more. */
export type Lower<R extends number> = number extends R ? number : R extends 0 ? 0 : [0, 0, 1, 2, 3, 4, 5][R];
export type Raise<R extends number> = number extends R
  ? number
  : R extends keyof Ladder
    ? [1, 2, 3, 4, 5, 6, number][R & keyof Ladder & number]
    : number;

/** Without the axes of an event: `E` axes fewer. */
export type Without<R extends number, E extends number> = number extends E
  ? number
  : E extends 0
    ? R
    : E extends 1
      ? Lower<R>
      : E extends 2
        ? Lower<Lower<R>>
        : number;

/** Rank of a matrix product: vectors lose their axis, a batch axis stays. */
export type ProductRank<A extends number, B extends number> = number extends A
  ? number
  : number extends B
    ? number
    : A extends 1
      ? B extends 1
        ? 0
        : 1
      : B extends 1
        ? Lower<A>
        : MaxRank<A, B>;

/** Rank of `gather(x, index)`: the index's axes, then those of an element of x. */
export type GatherRank<X extends number, I extends number> = number extends X
  ? number
  : number extends I
    ? number
    : X extends 1
      ? I
      : I extends 0
        ? Lower<X>
        : I extends 1
          ? X
          : number;
