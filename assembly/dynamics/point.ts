/**
 * Points of phase space, shared by reference count between the parts of a trajectory and recycled through a
 * pool.
 */

import { allocate } from "../memory";
import { vectorBytes } from "./space";

/** A point of phase space; its three vectors lie behind this header. */
@unmanaged
export class Point {
  /** Parts of the trajectory that hold the point. */
  references: i32;
  /** Next free point of the pool. */
  next: Point | null;
  logDensity: f64;
  /** The Hamiltonian ½ p̃·p̃ − log π(q). */
  energy: f64;
  /** Bytes of a vector. */
  bytes: usize;
  private reserved: u32;

  // @ts-ignore: decorator
  @inline
  get position(): usize {
    return changetype<usize>(this) + offsetof<Point>();
  }

  // @ts-ignore: decorator
  @inline
  get momentum(): usize {
    return changetype<usize>(this) + offsetof<Point>() + this.bytes;
  }

  // @ts-ignore: decorator
  @inline
  get force(): usize {
    return changetype<usize>(this) + offsetof<Point>() + (this.bytes << 1);
  }
}

let free: Point | null = null;

/**
 * A point nobody holds; the last one returned comes first, so that a deep trajectory stays in a warm cache.
 */
export function acquire(): Point {
  let point = free;
  if (point == null) {
    const bytes = vectorBytes();
    point = changetype<Point>(allocate(offsetof<Point>() + 3 * bytes));
    point.bytes = bytes;
  } else {
    free = point.next;
  }
  point.references = 0;
  return point;
}

// @ts-ignore: decorator
@inline
export function hold(point: Point): Point {
  point.references++;
  return point;
}

// @ts-ignore: decorator
@inline
export function release(point: Point): void {
  if (--point.references == 0) recycle(point);
}

/** Return a point to the pool whatever holds it. */
export function recycle(point: Point): void {
  point.next = free;
  free = point;
}
