/** Time of one call in nanoseconds, by benchmark.js. */
import Benchmark from 'benchmark';

/** Duration of one sample, short enough to fit between the turns of other processes, and of all samples; in seconds. */
const SAMPLE = 0.001;
const ALL = 0.15;

/**
 * Time of one evaluation when `repeat(times)` makes that many: the fastest of the samples, since whatever else runs on
 * the machine only ever adds.
 */
export function nanosecondsOf(repeat: (times: number) => void): number {
  const times = repetitions(repeat);
  const benchmark = new Benchmark(() => repeat(times), { minTime: SAMPLE, maxTime: ALL, minSamples: 10 });
  benchmark.run();
  if (benchmark.error) throw benchmark.error;
  return (Math.min(...benchmark.stats.sample) / times) * 1e9;
}

/** As many as take about a tenth of a millisecond, once warm. */
function repetitions(repeat: (times: number) => void): number {
  for (let times = 1; ; times *= 2) {
    const start = performance.now();
    repeat(times);
    if (performance.now() - start > 0.1) return times;
  }
}
