/** Runs that go on until their draws are good enough: when to look, and what to look for. */

import { type Chains, describe } from '../diagnostics';

/** When a run may end before it has made all its draws; every criterion that is given must hold, `seconds` aside. */
export interface Until {
  /** Least bulk effective sample size of any kept quantity, all chains together. */
  readonly essBulk?: number;
  /** Least tail effective sample size of any kept quantity, all chains together. */
  readonly essTail?: number;
  /** Largest R-hat of any kept quantity. */
  readonly rhat?: number;
  /**
   * The run ends after so many seconds whatever its quality: this changes how many draws there are, never which.
   */
  readonly seconds?: number;
}

const FIRST_LOOK = 100;

/** Numbers of draws after which all chains are looked at: some quarter more each time. The last is `draws`. */
export function* looks(draws: number, until: Until | undefined): Generator<number> {
  if (until !== undefined) {
    // Every look is at a multiple of 50, so that it does not depend on where a run was continued.
    for (let look = FIRST_LOOK; look < draws; look = 50 * Math.ceil(look / 40)) yield look;
  }
  yield draws;
}

/** Judges draws; remembers which quantity was not good enough, for it will be the last to become so. */
export class Judge {
  private slowest = 0;
  private readonly criteria: boolean;

  constructor(private readonly until: Until) {
    this.criteria = [until.essBulk, until.essTail, until.rhat].some((value) => value !== undefined);
  }

  /** Whether the draws of all quantities meet all criteria; constant quantities are not judged. */
  satisfied(quantities: number, draws: (index: number) => Chains): boolean {
    if (!this.criteria) return false;
    for (let i = 0; i < quantities; i++) {
      const index = (this.slowest + i) % quantities;
      if (!this.meets(draws(index))) {
        this.slowest = index;
        return false;
      }
    }
    return true;
  }

  private meets(chains: Chains): boolean {
    const { rhat, essBulk, essTail } = describe(chains);
    if (Number.isNaN(rhat)) return true;
    const { until } = this;
    return (
      !(rhat > (until.rhat ?? Infinity)) &&
      !(essBulk < (until.essBulk ?? 0)) &&
      !(essTail < (until.essTail ?? 0))
    );
  }
}
