/** Parses one CmdStan CSV file, line by line: settings, header, adaptation, draws, elapsed time. */

import type { Timing } from '../report';
import { CmdStanSettings } from './cmdstan-settings';
import type { Line } from './lines';

/** One chain as its file tells it. */
export interface CmdStanChain {
  readonly file: string;
  readonly settings: CmdStanSettings;
  readonly header: readonly string[];
  /** Line of the header. */
  readonly headerLine: number;
  /** Draws after warm-up. */
  readonly rows: readonly Float64Array[];
  readonly inverseMetric: Float64Array;
  readonly timing: Timing | undefined;
  /** Whether the file holds all draws that its settings announce. */
  readonly complete: boolean;
}

/** How C++ and R spell what is not finite. */
const SPECIAL: Readonly<Record<string, number>> = {
  nan: NaN,
  '-nan': NaN,
  na: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
};

export class CmdStanParser {
  private readonly settings = new CmdStanSettings();
  private header: string[] | undefined;
  private headerLine = 0;
  private rows: Float64Array[] = [];
  private warmupSeen = false;
  private metricLines: 'none' | 'one' | 'many' = 'none';
  private readonly metric: number[] = [];
  private readonly seconds = new Map<string, number>();
  private lastLine = 0;
  private cut = false;

  /**
   * @param file named in errors
   * @param partial whether a file that stops early is taken as far as it goes
   */
  constructor(
    private readonly file: string,
    private readonly partial: boolean,
  ) {}

  /** @throws Error naming file, line and column of what is not CmdStan's */
  add({ text, number, ended }: Line): void {
    this.lastLine = number;
    if (text.startsWith('#')) this.comment(text.slice(1));
    else if (text.trim() === '') return;
    else if (!ended) this.cut = true;
    else if (this.header === undefined) this.head(text, number);
    else this.rows.push(this.row(text, number));
  }

  /** @throws Error when the file stops before its end */
  end(): CmdStanChain {
    const { settings, header } = this;
    if (header === undefined) {
      this.refuse(
        Math.max(1, this.lastLine),
        'expected a line of column names that begins with lp__, found the end of the file',
      );
    }
    // Without adaptation no comment marks where warm-up ends.
    if (!this.warmupSeen) this.rows.splice(0, settings.savedWarmup);
    const expected = settings.expectedDraws;
    const found = this.rows.length;
    const whole = expected ?? found;
    const complete = !this.cut && found >= whole && found > 0;
    if (!complete && (!this.partial || found === 0)) {
      const where = this.cut ? 'the file stops in the midst of this line' : 'the file stops here';
      this.refuse(this.lastLine, `${where}, after ${found} of ${expected ?? 'an unknown number of'} draws`);
    }
    if (found > whole) {
      this.refuse(this.lastLine, `the file holds ${found} draws, but its settings announce ${whole}`);
    }
    return {
      file: this.file,
      settings,
      header: header!,
      headerLine: this.headerLine,
      rows: this.rows,
      inverseMetric: Float64Array.from(this.metric),
      timing: this.timing(),
      complete,
    };
  }

  private comment(text: string): void {
    if (this.header === undefined) return this.settings.add(text);
    if (text.includes('Adaptation terminated')) {
      this.warmupSeen = true;
      this.rows = [];
    } else if (/elements of inverse mass matrix/i.test(text)) {
      this.metricLines = /diagonal/i.test(text) ? 'one' : 'many';
    } else if (this.metricLines !== 'none' && /^\s*[-+\d.]/.test(text)) {
      this.metric.push(...text.split(',').map(Number));
      if (this.metricLines === 'one') this.metricLines = 'none';
    } else {
      this.metricLines = 'none';
      const elapsed = /([\d.eE+-]+) seconds \((Warm-up|Sampling)\)/.exec(text);
      if (elapsed !== null) this.seconds.set(elapsed[2], Number(elapsed[1]));
    }
  }

  private head(text: string, number: number): void {
    const method = this.settings.text('method');
    if (method !== undefined && method !== 'sample') {
      this.refuse(number, `expected draws of method sample, found the result of method ${method}`);
    }
    const names = text.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    if (names[0] !== 'lp__') {
      this.refuse(
        number,
        `expected the column names of a CmdStan file, beginning with lp__, found '${shown(text)}'`,
      );
    }
    this.header = names;
    this.headerLine = number;
  }

  private row(text: string, number: number): Float64Array {
    const header = this.header!;
    const fields = text.split(',');
    if (fields.length !== header.length) {
      this.refuse(number, `expected ${header.length} values, found ${fields.length}`);
    }
    const row = new Float64Array(fields.length);
    for (let i = 0; i < row.length; i++) {
      const field = fields[i];
      let value = Number(field);
      if (Number.isNaN(value))
        value = SPECIAL[field.trim().toLowerCase()] ?? this.refuseField(number, i, field);
      else if (value === 0 && field.trim() === '') this.refuseField(number, i, field);
      else if (!Number.isFinite(value) && /\d/.test(field)) this.refuseField(number, i, field);
      row[i] = value;
    }
    return row;
  }

  private timing(): Timing | undefined {
    const [warmupSeconds, samplingSeconds] = [this.seconds.get('Warm-up'), this.seconds.get('Sampling')];
    if (warmupSeconds === undefined || samplingSeconds === undefined) return undefined;
    return { warmupSeconds, samplingSeconds };
  }

  private refuseField(line: number, column: number, found: string): never {
    const name = this.header![column];
    return this.refuse(line, `column ${column + 1} ('${name}'): expected a number, found '${shown(found)}'`);
  }

  private refuse(line: number, message: string): never {
    throw new Error(`${this.file}:${line}: ${message}`);
  }
}

function shown(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
