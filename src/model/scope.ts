/** What a callback of a model sees: expressions by name, with an error for a name that is not there. */
import type { Expression } from '../expr';
import { ModelError } from './error';
import { didYouMean } from './nearest';

/** A name that the model has, but not here. */
export class Withheld extends ModelError {}

export class ScopeBuilder {
  private readonly members = new Map<string, Expression>();
  private readonly withheld = new Map<string, string>();
  /** The scope itself; names added later appear in it. */
  readonly view: Record<string, Expression>;

  constructor() {
    this.view = new Proxy(Object.create(null) as Record<string, Expression>, {
      get: (_target, name) => {
        if (typeof name === 'symbol') return undefined;
        const member = this.members.get(name);
        if (member !== undefined) return member;
        const reason = this.withheld.get(name);
        if (reason !== undefined) throw new Withheld(reason);
        throw new ModelError(
          `there is no '${name}' before this step${didYouMean(name, this.members.keys())}`,
        );
      },
      has: (_target, name) => this.members.has(name as string),
      ownKeys: () => [...this.members.keys()],
      getOwnPropertyDescriptor: (_target, name) => ({
        value: this.members.get(name as string),
        enumerable: true,
        configurable: true,
      }),
    });
  }

  add(name: string, value: Expression): void {
    this.members.set(name, value);
  }

  /** Lets a callback that reads `name` fail with a Withheld error. */
  withhold(name: string, reason: string): void {
    this.withheld.set(name, reason);
  }

  get(name: string): Expression | undefined {
    return this.members.get(name);
  }

  names(): IterableIterator<string> {
    return this.members.keys();
  }
}
