/** The last draws and scores of a chain, kept one by one: what spans the space in which directions are sought. */

import { copyVector, vectorBytes } from "../dynamics/space";
import { Chain } from "../mcmc/chain";
import { column, columnCount, COLUMNS, setColumnCount } from "./root";

/** Keep a draw and its score in place of the oldest. */
export function rememberDraw(chain: Chain, position: usize, score: usize): void {
  const root = chain.root;
  const count = columnCount(root);
  const target = column(root, <usize>count % COLUMNS);
  copyVector(position, target);
  copyVector(score, target + vectorBytes());
  setColumnCount(root, count + 1);
}

/** Draws of the foreground window that are kept. */
export function keptDraws(chain: Chain): i32 {
  return <i32>min<f64>(chain.foregroundCount, <f64>COLUMNS);
}

/** The draw that was made `age` draws before the last one. */
export function keptDraw(chain: Chain, age: i32): usize {
  const root = chain.root;
  return column(root, <usize>(columnCount(root) - 1 - <u32>age) % COLUMNS);
}
