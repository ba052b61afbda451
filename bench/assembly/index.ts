/** The module that is measured: the interpreter of the package beside kernels fused by hand, each called in a loop inside the module. */
export * from "../../assembly/full";
import { density } from "../../assembly/program/target";
import { Kernel } from "../kernel";
import { eightSchools } from "./eightSchools";
import { gaussian } from "./gaussian";
import { hierarchical } from "./hierarchical";
import { Logistic, Poisson } from "./likelihood";
import { regression } from "./regression";

/** Evaluate a log density with its gradient `times` times, so that the way in and out of the module does not count. */
export function repeat(kernel: Kernel, times: i32, data: usize, position: usize, gradient: usize): f64 {
  let value: f64 = 0;
  for (; times > 0; --times) value = evaluate(kernel, data, position, gradient);
  return value;
}

function evaluate(kernel: Kernel, data: usize, position: usize, gradient: usize): f64 {
  switch (kernel) {
    case Kernel.Interpreter: return density(position, gradient);
    case Kernel.EightSchools: return eightSchools(data, position, gradient);
    case Kernel.Hierarchical: return hierarchical(data, position, gradient);
    case Kernel.Gaussian: return gaussian(data, position, gradient);
    case Kernel.Logistic: return regression<Logistic>(data, position, gradient);
    case Kernel.Poisson: return regression<Poisson>(data, position, gradient);
    default: return unreachable();
  }
}

export { expAll, logAll } from "./elementwise";
