/** Static shapes: sizes, broadcasting, and the (outer, length, inner) view of one axis. */

export type Shape = readonly number[];

/** Number of elements; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** As it reads in messages: `[3, 4]`, and `scalar` for rank 0. */
export function describeShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : `[${shape.join(', ')}]`;
}

/** NumPy's rule: align at the right, an extent of 1 stretches. Throws where it does not apply. */
export function broadcastShapes(operation: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const target = axis + rank - shape.length;
      const extent = shape[axis];
      if (extent === 1 || extent === result[target]) continue;
      if (result[target] !== 1) {
        throw new RangeError(
          `${operation}: shapes ${shapes.map(describeShape).join(' and ')} do not broadcast: ` +
            `axis ${target} is ${result[target]} in one and ${extent} in another`,
        );
      }
      result[target] = extent;
    }
  }
  return result;
}

/** An axis counted from the end when negative; throws when there is none. */
export function resolveAxis(operation: string, shape: Shape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= shape.length) {
    throw new RangeError(`${operation}: axis ${axis} is not one of a ${describeShape(shape)} array`);
  }
  return resolved;
}

/** Row-major storage seen along one axis: `outer` runs of `length` rows of `inner` adjacent elements. */
export interface AxisView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export function axisView(shape: Shape, axis: number): AxisView {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    length: shape[axis],
    inner: sizeOf(shape.slice(axis + 1)),
  };
}
