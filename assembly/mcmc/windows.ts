/**
 * Stan's schedule of warm-up: an initial buffer, doubling windows for the metric, a final buffer for the step
 * size.
 */

import { Chain } from "./chain";

const INITIAL_BUFFER: i32 = 75;
const FIRST_WINDOW: i32 = 25;
const FINAL_BUFFER: i32 = 50;

/** Below this length there is no time to learn a metric. */
const SHORTEST: i32 = 20;

/** Plan the windows for the chain's warm-up; a short one is divided 15 : 75 : 10. */
export function planWindows(chain: Chain): void {
  const warmup = chain.warmup;
  let initial = INITIAL_BUFFER;
  let final = FINAL_BUFFER;
  let window = FIRST_WINDOW;
  if (initial + window + final > warmup) {
    initial = <i32>(0.15 * <f64>warmup);
    final = <i32>(0.1 * <f64>warmup);
    window = warmup - initial - final;
  }
  const none = warmup < SHORTEST;
  chain.windowStart = none ? 0 : initial;
  chain.windowStop = none ? 0 : warmup - final;
  chain.windowSize = window;
  chain.windowEnd = none ? -1 : initial + window - 1;
}

/** Whether the current transition's draw counts towards the metric. */
export function insideWindow(chain: Chain): bool {
  return chain.iteration >= chain.windowStart && chain.iteration < chain.windowStop;
}

/** Double the window; one that would leave too little for its successor is stretched to the end. */
export function nextWindow(chain: Chain): void {
  const last = chain.windowStop - 1;
  if (chain.windowEnd == last) return;
  chain.windowSize *= 2;
  chain.windowEnd = chain.iteration + chain.windowSize;
  if (chain.windowEnd != last && chain.windowEnd + 2 * chain.windowSize >= chain.windowStop) chain.windowEnd = last;
}

/** Transitions of the first windows when the metric is learnt from scores too. */
const SHORT_WINDOW: i32 = 10;
/** Most transitions before the first of them. */
const LONGEST_START: i32 = 50;

/** Plan windows that grow with the time there has been: each a quarter of it. */
export function planShortWindows(chain: Chain): void {
  const warmup = chain.warmup;
  const none = warmup < SHORTEST;
  chain.windowStart = none ? 0 : min<i32>(LONGEST_START, <i32>(0.15 * <f64>warmup));
  chain.windowStop = none ? 0 : warmup - <i32>(0.15 * <f64>warmup);
  chain.windowEnd = none ? -1 : chain.windowStart + SHORT_WINDOW - 1;
}

/** The next of them; one that would leave less than its own length to its successor is stretched to the end. */
export function nextShortWindow(chain: Chain): void {
  const last = chain.windowStop - 1;
  if (chain.windowEnd == last) return;
  const passed = chain.iteration + 1 - chain.windowStart;
  const length = max<i32>(SHORT_WINDOW, passed >> 2);
  chain.windowEnd = chain.iteration + length;
  if (chain.windowEnd + length > last) chain.windowEnd = last;
}
