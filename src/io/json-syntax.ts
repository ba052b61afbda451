/** Finds the first error in text that is not JSON, for JSON.parse does not always say where it is. */

export interface SyntaxFault {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  /** What stands there instead. */
  readonly found: string;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const WORD = /[\w.+-]+|./suy;

/** The first fault of the text under the grammar of RFC 8259, or undefined when it is JSON. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  return new Scanner(text).document();
}

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): SyntaxFault | undefined {
    return this.value() ?? (this.peek() === '' ? undefined : this.fault('the end of the file'));
  }

  private value(): SyntaxFault | undefined {
    const next = this.peek();
    if (next === '{') return this.members('}', () => this.member());
    if (next === '[') return this.members(']', () => this.value());
    return this.take(STRING) || this.take(SCALAR) ? undefined : this.fault('a value');
  }

  /** The inside of an object or array, brackets included. */
  private members(close: string, one: () => SyntaxFault | undefined): SyntaxFault | undefined {
    this.at++;
    if (this.skip(close)) return undefined;
    for (;;) {
      const fault = one();
      if (fault !== undefined) return fault;
      if (this.skip(close)) return undefined;
      if (!this.skip(',')) return this.fault(`',' or '${close}'`);
    }
  }

  private member(): SyntaxFault | undefined {
    this.peek();
    if (!this.take(STRING)) return this.fault('a name in double quotes');
    return this.skip(':') ? this.value() : this.fault("':'");
  }

  /** The next character that is not white space; '' at the end. */
  private peek(): string {
    this.take(SPACE);
    return this.text.charAt(this.at);
  }

  private skip(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private fault(expected: string): SyntaxFault {
    const before = this.text.slice(0, this.at).split('\n');
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0];
    return {
      line: before.length,
      column: before[before.length - 1].length + 1,
      expected,
      found: word === undefined ? 'the end of the file' : `'${word.slice(0, 40)}'`,
    };
  }
}
