/** Sizes and labels of named dimensions, gathered from coordinates and data as they come. */
import type { Dimension, Label } from './declaration';
import { ModelError } from './error';
import { didYouMean } from './nearest';

interface Extent {
  readonly size: number;
  /** Who said so, for messages. */
  readonly source: string;
}

export class Dimensions {
  private readonly extents = new Map<string, Extent>();
  private readonly labels = new Map<string, readonly Label[]>();

  /** Fixes the size of a dimension; throws where another variable has fixed a different one. */
  fix(name: string, size: number, source: string): void {
    const known = this.extents.get(name);
    if (known === undefined) this.extents.set(name, { size, source });
    else if (known.size !== size) {
      throw new ModelError(
        `dimension '${name}' has length ${known.size} in ${known.source} but ${size} in ${source}`,
      );
    }
  }

  /** Names the positions along a dimension, and so fixes its size; throws where a label occurs twice. */
  label(name: string, labels: readonly Label[], source: string): void {
    const seen = new Map<Label, number>();
    labels.forEach((label, position) => {
      if (typeof label !== 'string' && typeof label !== 'number') {
        throw new ModelError(
          `${source}: label ${position} of '${name}' must be a string or a number, got ${String(label)}`,
        );
      }
      const before = seen.get(label);
      if (before !== undefined) {
        throw new ModelError(`${source}: labels ${before} and ${position} of '${name}' are both '${label}'`);
      }
      seen.set(label, position);
    });
    this.fix(name, labels.length, source);
    this.labels.set(name, [...labels]);
  }

  sizeOf(name: string): number | undefined {
    return this.extents.get(name)?.size;
  }

  labelsOf(name: string): readonly Label[] | undefined {
    return this.labels.get(name);
  }

  /** The shape that dimensions stand for; throws for one whose size nothing has fixed. */
  shapeOf(dims: readonly Dimension[]): number[] {
    return dims.map((dim) => {
      if (typeof dim === 'number') return checkedSize(dim);
      const extent = this.extents.get(dim);
      if (extent !== undefined) return extent.size;
      throw new ModelError(
        `nothing gives dimension '${dim}' a size${didYouMean(dim, this.extents.keys())}; ` +
          `name it in the data's declarations, or use .dim('${dim}', size) or coords`,
      );
    });
  }

  /** Labels of every named dimension, positions from 0 where none were given. */
  coords(): Record<string, readonly Label[]> {
    const result: Record<string, readonly Label[]> = {};
    for (const [name, { size }] of this.extents) {
      result[name] = this.labels.get(name) ?? Array.from({ length: size }, (_, position) => position);
    }
    return result;
  }
}

/** A number of elements; throws for anything but an integer ≥ 1. */
export function checkedSize(size: number): number {
  if (Number.isInteger(size) && size >= 1) return size;
  throw new ModelError(`the size of a dimension must be an integer ≥ 1, got ${size}`);
}
