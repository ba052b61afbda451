/** What every picture is: a Vega-Lite specification, plain JSON that any renderer of that grammar draws. */

import { config } from './theme';

/** A part of a specification. */
export type Part = Readonly<Record<string, unknown>>;

/** A Vega-Lite specification (schema version 6), complete with its data. */
export interface Specification extends Part {
  readonly $schema: string;
  /** What the picture shows, for those who cannot see it. */
  readonly description: string;
}

export interface PlotOptions {
  /** Width of the drawing area, of each panel where there are several, in pixels; default 480. */
  readonly width?: number;
  /** Height of the drawing area, of each panel where there are several, in pixels; default 200. */
  readonly height?: number;
  /** Heading; by default what is shown. */
  readonly title?: string;
}

/** Width and height in pixels. */
export function sizeOf({ width = 480, height = 200 }: PlotOptions): { width: number; height: number } {
  return { width, height };
}

/** Completes a specification. */
export function specification(title: string, description: string, body: Part): Specification {
  return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', title, description, config, ...body };
}

/** A channel of numbers. */
export function number(field: string, title: string | null, more: Part = {}): Part {
  return { field, type: 'quantitative', title, ...more };
}

/** A channel of names, in the order in which they come. */
export function named(field: string, title: string | null, more: Part = {}): Part {
  return { field, type: 'nominal', title, sort: null, ...more };
}

/** A vertical axis that need not contain zero. */
export const ANYWHERE: Part = { scale: { zero: false, nice: false } };
