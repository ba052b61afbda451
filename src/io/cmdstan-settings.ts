/** What the comments of a CmdStan file say of the run. */

import type { RunSettings } from '../inference';
import type { RunOrigin } from './recorded-run';

/** Settings by name, as CmdStan and rstan write them before the header. */
export class CmdStanSettings {
  private readonly values = new Map<string, string>();
  private section = '';

  /** Takes in a comment, without its `#`. */
  add(comment: string): void {
    const setting = /^\s*([\w.]+)\s*=\s*(.*?)\s*(?:\(Default\))?$/.exec(comment);
    if (setting === null) {
      this.section = comment.trim();
      return;
    }
    const [, name, value] = setting;
    // Of the settings called `file`, only the data's is told apart by its section.
    this.values.set(name === 'file' ? `${this.section} file` : name, value);
  }

  text(name: string): string | undefined {
    const value = this.values.get(name);
    return value === '' ? undefined : value;
  }

  number(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const text = this.text(name);
      if (text !== undefined && Number.isFinite(Number(text))) return Number(text);
    }
    return undefined;
  }

  private flag(name: string): boolean {
    return ['1', 'true'].includes(this.text(name) ?? '');
  }

  /** Number of the chain, from 1 (or 0), if it is told. */
  get id(): number | undefined {
    return this.number('id', 'chain_id');
  }

  /** Kept draws that the run was to make. */
  get expectedDraws(): number | undefined {
    const iterations = this.number('num_samples') ?? this.difference('iter', 'warmup');
    return iterations === undefined ? undefined : Math.ceil(iterations / this.thin);
  }

  /** Draws of warm-up that stand before the others; 0 where they were not saved. */
  get savedWarmup(): number {
    return this.flag('save_warmup') ? Math.ceil((this.number('num_warmup', 'warmup') ?? 0) / this.thin) : 0;
  }

  private get thin(): number {
    return this.number('thin') ?? 1;
  }

  private difference(whole: string, part: string): number | undefined {
    const [all, some] = [this.number(whole), this.number(part)];
    return all === undefined || some === undefined ? undefined : all - some;
  }

  get origin(): RunOrigin {
    const model = this.text('model') ?? this.text('model_name') ?? 'unknown';
    const dataFile = this.text('data file');
    return { model: model.replace(/_model$/, ''), ...(dataFile !== undefined && { dataFile }) };
  }

  /** Those of our own settings that have a counterpart. */
  runSettings(chains: number): Partial<RunSettings> {
    const depth = this.number('max_depth', 'max_treedepth');
    const integrationTime = this.number('int_time');
    const metric = /diag_e|dense_e|unit_e/.exec(this.text('metric') ?? this.text('sampler_t') ?? '')?.[0];
    return defined<RunSettings>({
      algorithm:
        integrationTime !== undefined
          ? { kind: 'hmc', steps: 0, integrationTime, maxSteps: Infinity, jitter: 0 }
          : depth === undefined
            ? undefined
            : { kind: 'nuts', maxTreeDepth: depth },
      chains,
      seed: this.number('seed'),
      warmup: this.number('num_warmup', 'warmup'),
      draws: this.expectedDraws,
      thin: this.number('thin'),
      targetAcceptance: this.number('delta', 'adapt_delta'),
      metric:
        metric && ({ diag_e: 'diagonal', dense_e: 'dense', unit_e: 'unit' } as const)[metric as 'diag_e'],
      radius: this.number('init', 'init_radius'),
    } as Partial<RunSettings>);
  }
}

/** Without the entries that are undefined. */
function defined<T extends object>(values: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
