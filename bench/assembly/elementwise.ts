/** exp and log over arrays, as programs run them. */
import { Exp, Log, unary } from "../../assembly/program/elementwise";

/** exp of `n` numbers, `times` times; `instruction` is room for four words. */
export function expAll(times: i32, instruction: usize, n: i32, x: usize, y: usize): void {
  write(instruction, n, x, y);
  for (; times > 0; --times) unary<Exp>(instruction);
}

/** The same for log. */
export function logAll(times: i32, instruction: usize, n: i32, x: usize, y: usize): void {
  write(instruction, n, x, y);
  for (; times > 0; --times) unary<Log>(instruction);
}

function write(instruction: usize, n: i32, x: usize, y: usize): void {
  store<i32>(instruction, n, 4);
  store<usize>(instruction, x, 8);
  store<usize>(instruction, y, 12);
}
