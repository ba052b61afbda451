/** Runs any program in plain TypeScript. */
import { Interpreter } from './interpreter';
import { dormandPrince, rosenbrock } from './ode';

/** A loaded program; input and output vectors are copied in and out. */
export class BaselineProgram extends Interpreter {
  /** [header, times, size, base, stiff, max steps, body words, places…], then the body */
  protected override ode(at: number, input: number, output: number): number {
    const { f64, i32: code } = this.memory;
    const [count, size, base, stiff, maxSteps, bodyWords] = code.subarray(at + 1, at + 7);
    const [time, state, slope, jacobian, initial, start, times, relative, absolute, result] = code
      .subarray(at + 7, at + 17)
      .map((address) => address >>> 3);
    const body = at + 18;
    const rows = (stiff ? rosenbrock : dormandPrince)({
      start: f64[start],
      initial: f64.slice(initial, initial + size),
      times: f64.slice(times, times + count),
      relative: f64[relative],
      absolute: f64[absolute],
      maxSteps,
      base,
      slope: (t, y) => {
        f64[time] = f64[time + 1] = t;
        f64.set(y, state);
        if (size === 1) f64[state + 1] = y[0];
        this.run(body, body + bodyWords, input, output);
        return f64.slice(slope, slope + size);
      },
      jacobian: () => f64.slice(jacobian, jacobian + base * base),
    });
    f64.fill(NaN, result, result + count * size);
    rows.forEach((row, i) => f64.set(row, result + i * size));
    if (count * size === 1) f64[result + 1] = f64[result];
    return body + bodyWords;
  }
}
