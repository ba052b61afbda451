/** Arrays of draws: a sampler makes constants of its parameters once for every run of equal ones. */

/** Where the values of a parameter lie: one for all draws (`step` 0) or one for each (`step` 8). */
@unmanaged
class Values {
  at: usize;
  step: usize;
}

/**
 * Writes `count` draws. A `Sampler` has `prepare`, for its parameters (it ignores those it has none for) and
 * the number of draws they serve, and `draw`; `parameters` are three `Values`.
 */
export function fill<Sampler>(
  sampler: Sampler,
  state: usize,
  out: usize,
  count: i32,
  parameters: usize,
): void {
  const a = changetype<Values>(parameters);
  const b = changetype<Values>(parameters + offsetof<Values>());
  const c = changetype<Values>(parameters + 2 * offsetof<Values>());
  const shared = (a.step | b.step | c.step) === 0;
  const end = out + (<usize>count << 3);
  let aAt = a.at;
  let bAt = b.at;
  let cAt = c.at;
  while (out < end) {
    const x = load<f64>(aAt);
    const y = load<f64>(bAt);
    const z = load<f64>(cAt);
    let runEnd = shared ? end : out;
    while (runEnd < end) {
      runEnd += 8;
      aAt += a.step;
      bAt += b.step;
      cAt += c.step;
      // The comparison with what lies behind the last element is of no consequence.
      if (i32(load<f64>(aAt) !== x) | i32(load<f64>(bAt) !== y) | i32(load<f64>(cAt) !== z)) break;
    }
    // @ts-ignore: Sampler has `prepare`
    sampler.prepare(x, y, z, <i32>((runEnd - out) >> 3));
    // @ts-ignore: Sampler has `draw`
    for (; out < runEnd; out += 8) store<f64>(out, sampler.draw(state));
  }
}
