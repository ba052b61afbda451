/**
 * Where the full build adds samplers to those of `advance` (numbers from `FURTHER` on belong to it), and a metric to those of
 * `fisher.ts`.
 */

import { Chain } from "./chain";

/** The first algorithm that is not of the core. */
export const FURTHER: i32 = 2;

type Action = (chain: Chain) => void;

function absent(chain: Chain): void {
  unreachable();
}

let begin: Action = absent;
let move: Action = absent;
let learn: Action = absent;

/** Give the actions of the further samplers: before the first transition, each transition, each of warm-up's. */
export function extend(beginning: Action, transition: Action, adaptation: Action): void {
  begin = beginning;
  move = transition;
  learn = adaptation;
}

export function beginFurther(chain: Chain): void {
  begin(chain);
}

export function moveFurther(chain: Chain): void {
  move(chain);
}

export function adaptFurther(chain: Chain): void {
  learn(chain);
}

type Memory = (chain: Chain, position: usize, score: usize) => void;

function forgetful(chain: Chain, position: usize, score: usize): void {
  unreachable();
}

let remember: Memory = forgetful;
let complete: Action = absent;

/** Give what keeps a draw and its score, and what learns the rest of the metric once its diagonal is learnt. */
export function extendLearning(remembering: Memory, learning: Action): void {
  remember = remembering;
  complete = learning;
}

export function rememberFurther(chain: Chain, position: usize, score: usize): void {
  remember(chain, position, score);
}

export function learnFurther(chain: Chain): void {
  complete(chain);
}
