/** CmdStan's names of the sampler's statistics, in the order of its columns. */
export const CMDSTAN_STATISTICS = [
  ['lp__', 'logDensity'],
  ['accept_stat__', 'acceptance'],
  ['stepsize__', 'stepSize'],
  ['treedepth__', 'treedepth'],
  ['n_leapfrog__', 'leapfrogs'],
  ['divergent__', 'divergent'],
  ['energy__', 'energy'],
] as const;
