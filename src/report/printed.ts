/** Results that print as text wherever they are shown. */

/** What Node's console.log asks an object for. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A result whose `toString` is what `console.log` shows. */
export abstract class Printed {
  abstract toString(): string;

  [INSPECT](): string {
    return this.toString();
  }
}
