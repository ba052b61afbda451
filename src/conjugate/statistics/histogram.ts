/** How often each category occurs. */
import { eachBlock, type Numbers } from './blocks';
import { checkObservation, type Observation } from './totals';

/** Counts of a kernel's table do not pass 2³². */
const LONGEST = 0x40000000;

/** @throws RangeError naming the first observation that is no category */
export function histogramOf(family: string, data: Numbers, size: number): Float64Array {
  const rule: Observation = {
    text: `be an integer from 0 to ${size - 1}`,
    least: 0,
    most: size - 1,
    whole: true,
  };
  if (data.length > LONGEST) throw new RangeError(`${family}: give at most 2³⁰ observations at a time`);
  const counts = new Float64Array(size);
  let start = 0;
  let tables = 0;
  eachBlock(data, 32 + 16 * size, (engine, at, count, behind) => {
    tables = behind + 32;
    if (start === 0) engine.words(tables, 4 * size).fill(0);
    engine.exports.totals(at, count, behind);
    const [, least, most, whole] = engine.floats(behind, 4);
    // A NaN is no whole number.
    if (!(whole === 1 && least >= 0 && most < size)) {
      for (let i = start; i < start + count; i++)
        checkObservation(family, data[i], rule, `observation [${i}]`);
    }
    engine.exports.histogram(at, count, tables, size);
    start += count;
    if (start < data.length) return;
    const table = engine.words(tables, 4 * size);
    for (let i = 0; i < size; i++) {
      counts[i] = table[i] + table[size + i] + table[2 * size + i] + table[3 * size + i];
    }
  });
  return counts;
}
