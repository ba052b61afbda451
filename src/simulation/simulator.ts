/** Runs a graph with random draws in it: stage by stage, programs and standard draws in turn. */
import type { Expression } from '../expr';
import { random, type Numbers, type RandomStream } from '../random';
import { fill } from './fill';
import type { Leaf } from './leaves';
import { Stage, type Values } from './stage';
import { stagesOf } from './stages';

/** Numbers in flight: enough for long calls, few enough for memory. */
const BLOCK = 1 << 18;

interface Round {
  readonly parameters: Stage;
  readonly leaves: readonly { readonly leaf: Leaf; readonly number: number }[];
}

export class Simulator {
  /** Draws that are worth doing at once. */
  readonly block: number;

  private constructor(
    private readonly rounds: readonly Round[],
    private readonly last: Stage,
    private readonly results: readonly Expression[],
    /** One for each leaf. */
    private readonly streams: readonly RandomStream[],
  ) {
    const leaves = rounds.flatMap((round) => round.leaves.map(({ leaf }) => leaf));
    const numbers = [...results, ...leaves.flatMap(({ input, parameters }) => [input, ...parameters])];
    const size = numbers.reduce((sum, { size }) => sum + size, 0);
    this.block = Math.max(1, Math.floor(BLOCK / size));
  }

  /** Every leaf has a stream of its own, so that a draw does not depend on how many others there are. */
  static async create(
    leaves: readonly Leaf[],
    results: readonly Expression[],
    seed: number,
  ): Promise<Simulator> {
    const rounds: Round[] = [];
    for (const stage of stagesOf(leaves, results)) {
      const parameters = stage.flatMap((leaf) => leaf.parameters).filter((p) => p.literal === undefined);
      rounds.push({
        parameters: await Stage.create([...new Set(parameters)]),
        leaves: stage.map((leaf) => ({ leaf, number: leaves.indexOf(leaf) })),
      });
    }
    const streams = (await random(seed)).split(leaves.length);
    return new Simulator(rounds, await Stage.create(results), results, streams);
  }

  /** The same, drawing from streams of `source` in place of its own. */
  drawingFrom(source: RandomStream): Simulator {
    return new Simulator(this.rounds, this.last, this.results, source.split(this.streams.length));
  }

  /** Values of the results for `count` draws, draw after draw, given those of the other inputs. */
  run(count: number, inputs: Values): Float64Array[] {
    const values: Values = new Map(inputs);
    for (const { parameters, leaves } of this.rounds) {
      parameters.run(count, values);
      for (const { leaf, number } of leaves) {
        const given = leaf.parameters.map((p): Numbers => p.literal ?? values.get(p)!);
        values.set(leaf.input, fill(leaf, this.streams[number], count, given));
      }
    }
    this.last.run(count, values);
    return this.results.map((result) => values.get(result)!);
  }
}
