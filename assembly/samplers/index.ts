/** The samplers of the full build, by the number of a chain's algorithm. */

import { Chain } from "../mcmc/chain";
import { extend, FURTHER } from "../mcmc/extension";
import {
  beginEllipticalSlice,
  configureEllipticalSlice as tellEllipticalSlice,
  learnEllipticalSlice,
  moveEllipticalSlice,
} from "./elliptical-slice";
import { beginHost, chainExtra, configureHost as tellHost, drawFrom, learnHost, moveHost, setStepSize, settleHost } from "./host";
import { beginMclmc, configureMclmc as tellMclmc, learnMclmc, moveMclmc } from "./mclmc";
import {
  beginMetropolis,
  configureMetropolis as tellMetropolis,
  learnMetropolis,
  metropolisTable,
  moveMetropolis,
} from "./metropolis";
import { restart, setRoot } from "./root";
import { beginSlice, configureSlice as tellSlice, learnSlice, moveSlice } from "./slice";
import { beginWalnuts, configureWalnuts as tellWalnuts, learnWalnuts, moveWalnuts } from "./walnuts";

const METROPOLIS = FURTHER;
const SLICE = FURTHER + 1;
const ELLIPTICAL_SLICE = FURTHER + 2;
const MCLMC = FURTHER + 3;
const HOST = FURTHER + 4;
const WALNUTS = FURTHER + 5;

export { chainExtra, drawFrom, metropolisTable, restart, setRoot, setStepSize, settleHost };

/** See `host.ts`. */
export function configureHost(chain: Chain): void {
  tellHost(chain, HOST);
}

/** See `metropolis.ts`. */
export function configureMetropolis(chain: Chain, proposal: i32, blocks: i32, df: f64): void {
  tellMetropolis(chain, METROPOLIS, proposal, blocks, df);
}

/** See `slice.ts`. */
export function configureSlice(chain: Chain): void {
  tellSlice(chain, SLICE);
}

/** See `elliptical-slice.ts`; returns where the prior's mean belongs. */
export function configureEllipticalSlice(chain: Chain): usize {
  return tellEllipticalSlice(chain, ELLIPTICAL_SLICE);
}

/** See `mclmc.ts`. */
export function configureMclmc(chain: Chain, adjusted: i32, trajectoryLength: f64, energyVariance: f64): void {
  tellMclmc(chain, MCLMC, adjusted, trajectoryLength, energyVariance);
}

/** See `walnuts.ts`. */
export function configureWalnuts(
  chain: Chain,
  maxTreeDepth: i32,
  jitter: f64,
  maxEnergyError: f64,
  maxStepHalvings: i32,
): void {
  tellWalnuts(chain, WALNUTS, maxTreeDepth, jitter, maxEnergyError, maxStepHalvings);
}

function begin(chain: Chain): void {
  switch (chain.algorithm) {
    case METROPOLIS: beginMetropolis(chain); break;
    case SLICE: beginSlice(chain); break;
    case ELLIPTICAL_SLICE: beginEllipticalSlice(chain); break;
    case MCLMC: beginMclmc(chain); break;
    case HOST: beginHost(chain); break;
    case WALNUTS: beginWalnuts(chain); break;
    default: unreachable();
  }
}

function move(chain: Chain): void {
  switch (chain.algorithm) {
    case METROPOLIS: moveMetropolis(chain); break;
    case SLICE: moveSlice(chain); break;
    case ELLIPTICAL_SLICE: moveEllipticalSlice(chain); break;
    case MCLMC: moveMclmc(chain); break;
    case HOST: moveHost(chain); break;
    case WALNUTS: moveWalnuts(chain); break;
    default: unreachable();
  }
}

function learn(chain: Chain): void {
  switch (chain.algorithm) {
    case METROPOLIS: learnMetropolis(chain); break;
    case SLICE: learnSlice(chain); break;
    case ELLIPTICAL_SLICE: learnEllipticalSlice(chain); break;
    case MCLMC: learnMclmc(chain); break;
    case HOST: learnHost(chain); break;
    case WALNUTS: learnWalnuts(chain); break;
    default: unreachable();
  }
}

extend(begin, move, learn);
