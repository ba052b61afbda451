/** What a user should know before trusting the draws, and what to do about it, in plain words. */

import type { SummaryRow } from './summary';

export interface Warning {
  readonly kind: 'chains' | 'divergences' | 'treedepth' | 'energy' | 'nonfinite' | 'rhat' | 'ess' | 'draws';
  /** What was found, and what to do. */
  readonly message: string;
}

/** What the warnings are made from. */
export interface Findings {
  readonly rows: readonly SummaryRow[];
  readonly chains: number;
  readonly draws: number;
  /** Divergent draws of each chain. */
  readonly divergences: readonly number[];
  /** Draws of each chain that reached the maximum tree depth. */
  readonly saturated: readonly number[];
  readonly maxTreeDepth: number | undefined;
  /** E-BFMI of each chain. */
  readonly ebfmi: readonly number[];
  /** Chains that were lost, and why. */
  readonly failures: readonly { readonly chain: number; readonly message: string }[];
}

/** R-hat above this deserves a warning (Vehtari et al. 2021). */
const RHAT_WARNING = 1.01;
/** R-hat above this means that the chains have not converged. */
const RHAT_FAILURE = 1.05;
/** Effective draws per chain needed for the diagnostics themselves to be stable (Vehtari et al. 2021). */
const ESS_PER_CHAIN = 100;
/** E-BFMI below this is a sign of tails too heavy for the sampler (Betancourt 2016). */
const LOWEST_EBFMI = 0.3;

const lowestEss = (row: SummaryRow): number => Math.min(row.essBulk, row.essTail);
const judged = (findings: Findings): SummaryRow[] => findings.rows.filter((row) => !Number.isNaN(row.rhat));

/**
 * Whether the draws can be used: no R-hat above 1.05, no bulk or tail ESS below 100 per chain, constant quantities aside,
 * and enough draws to tell.
 */
export function hasConverged(findings: Findings): boolean {
  return (
    findings.draws >= 4 &&
    judged(findings).every(
      (row) => !(row.rhat > RHAT_FAILURE) && !(lowestEss(row) < ESS_PER_CHAIN * findings.chains),
    )
  );
}

export function warningsOf(findings: Findings): Warning[] {
  return [
    ...lostChains(findings),
    ...divergences(findings),
    ...treeDepth(findings),
    ...energy(findings),
    ...nonfinite(findings),
    ...tooFewDraws(findings),
    ...highRhat(findings),
    ...lowEss(findings),
  ];
}

function lostChains({ failures }: Findings): Warning[] {
  return failures.map(({ chain, message }) => ({
    kind: 'chains',
    message: `Chain ${chain} was lost and is not part of these results: ${message}`,
  }));
}

function divergences({ divergences: counts, chains, draws }: Findings): Warning[] {
  const total = sum(counts);
  if (total === 0) return [];
  return [
    {
      kind: 'divergences',
      message:
        `${total} of ${chains * draws} transitions diverged${perChain(counts)}: the draws may miss a part of the ` +
        `posterior where its curvature is high. Raise targetAcceptance (to 0.95, then 0.99), declare hierarchical ` +
        `parameters with noncentered: true, or give tighter priors.`,
    },
  ];
}

function treeDepth({ saturated, maxTreeDepth, chains, draws }: Findings): Warning[] {
  const total = sum(saturated);
  if (total === 0) return [];
  return [
    {
      kind: 'treedepth',
      message:
        `${total} of ${chains * draws} transitions reached the maximum tree depth of ${maxTreeDepth}` +
        `${perChain(saturated)}: sampling is slow rather than wrong. Raise maxTreeDepth, bring the parameters to ` +
        `similar scales, or try metric: 'dense' (in many dimensions 'low-rank') where they are strongly correlated.`,
    },
  ];
}

function energy({ ebfmi }: Findings): Warning[] {
  const low = [...ebfmi.keys()].filter((chain) => ebfmi[chain] < LOWEST_EBFMI);
  if (low.length === 0) return [];
  const worst = Math.min(...low.map((chain) => ebfmi[chain]));
  return [
    {
      kind: 'energy',
      message:
        `E-BFMI is below ${LOWEST_EBFMI} in ${count(low.length, 'chain')} (${low.join(', ')}; lowest ` +
        `${worst.toFixed(2)}): the sampler moves too slowly through the tails. Run longer warm-up, or reparameterise, ` +
        `for instance with noncentered: true.`,
    },
  ];
}

function nonfinite({ rows }: Findings): Warning[] {
  const bad = rows.filter((row) => !row.finite);
  if (bad.length === 0) return [];
  return [
    {
      kind: 'nonfinite',
      message:
        `Some draws are infinite or not a number in ${quantities(bad)}: their R-hat and ESS are undefined. Check how ` +
        `they are computed.`,
    },
  ];
}

function tooFewDraws({ draws }: Findings): Warning[] {
  if (draws >= 4) return [];
  return [
    {
      kind: 'draws',
      message: `${count(draws, 'draw')} per chain cannot be diagnosed: at least 4 are needed, and 1000 are usual.`,
    },
  ];
}

function highRhat(findings: Findings): Warning[] {
  const high = judged(findings).filter((row) => row.rhat > RHAT_WARNING);
  if (high.length === 0) return [];
  const worst = high.reduce((a, b) => (b.rhat > a.rhat ? b : a));
  return [
    {
      kind: 'rhat',
      message:
        `R-hat is above ${RHAT_WARNING} for ${quantities(high, worst)} (highest ${worst.rhat.toFixed(3)}, ` +
        `${worst.name}): the chains have not mixed. Run more warm-up and draws; if it stays, look for several modes or ` +
        `parameters that the data cannot tell apart.`,
    },
  ];
}

function lowEss(findings: Findings): Warning[] {
  const needed = ESS_PER_CHAIN * findings.chains;
  const low = judged(findings).filter((row) => lowestEss(row) < needed);
  if (low.length === 0) return [];
  const worst = low.reduce((a, b) => (lowestEss(b) < lowestEss(a) ? b : a));
  return [
    {
      kind: 'ess',
      message:
        `The effective sample size is below ${needed} (${ESS_PER_CHAIN} per chain) for ${quantities(low, worst)} ` +
        `(lowest ${Math.round(lowestEss(worst))}, ${worst.name}): estimates of means and quantiles are unreliable. ` +
        `Run more draws.`,
    },
  ];
}

/** A few quantities by name; many, or one that is named anyway, by number. */
function quantities(rows: readonly SummaryRow[], named?: SummaryRow): string {
  if (rows.length > 4 || (rows.length === 1 && named)) return count(rows.length, 'quantity', 'quantities');
  return rows.map((row) => row.name).join(', ');
}

function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}

function perChain(counts: readonly number[]): string {
  return counts.length > 1 ? ` (by chain: ${counts.join(', ')})` : '';
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
