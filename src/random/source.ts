/** What every stream has: its state, and the module that draws from it. */
import { fillByBlocks, fillByRows, type Input, type Rows } from './blocks';
import { populated, type Numbers, type Parameter } from './check';
import type { Engine } from './engine';
import type { Sampler } from './families';
import { describeState, parseState, type RandomState } from './state';

export const STATE_WORDS = 8;

export abstract class Source {
  /** Made by `random`. */
  constructor(
    protected readonly engine: Engine,
    private readonly words: Uint32Array,
  ) {}

  /** The state, as plain data: `restore`, or `random(state)`, goes on from here. */
  save(): RandomState {
    return describeState(this.words);
  }

  /** Goes on from a saved state. */
  restore(state: RandomState): void {
    this.words.set(parseState(state));
  }

  /** Whole numbers in [0, bound). */
  protected below(out: Float64Array, bound: Numbers): Float64Array {
    return this.fill('fillBelow', out, [{ name: 'bound', value: bound, requirement: populated }]);
  }

  protected fill(fill: Sampler, out: Float64Array, parameters: readonly Parameter[]): Float64Array {
    this.within(() => fillByBlocks(this.engine, this.engine.exports[fill], out, parameters));
    return out;
  }

  protected rows(
    out: Float64Array,
    size: number,
    inputs: readonly Input[],
    workspaceBytes: number,
    fill: (rows: Rows) => void,
  ): Float64Array {
    this.within(() => fillByRows(this.engine, out, size, inputs, workspaceBytes, fill));
    return out;
  }

  /** Runs `draw` with the state in its place in the engine. */
  protected within(draw: () => void): void {
    const { engine } = this;
    engine.words(engine.state, STATE_WORDS).set(this.words);
    draw();
    this.words.set(engine.words(engine.state, STATE_WORDS));
  }
}
