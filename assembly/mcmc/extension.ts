/** Where the full build adds samplers to those of `advance`: numbers from `FURTHER` on belong to it. */

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
