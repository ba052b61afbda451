/** R-hat and effective sample size, away from the page's own thread. */
import { essBulk, rhat } from 'credence';

export interface Question {
  readonly index: number;
  /** Draws of a scalar, one array per chain. */
  readonly chains: Float64Array[];
}

export interface Answer {
  readonly index: number;
  readonly rhat: number;
  readonly ess: number;
}

self.onmessage = ({ data: { index, chains } }: MessageEvent<Question>): void => {
  const answer: Answer = { index, rhat: rhat(chains), ess: essBulk(chains) };
  self.postMessage(answer);
};
