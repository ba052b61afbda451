/** Runs models by many methods with the package it is given and digests the draws, and variates: in Node and in browsers alike. */

/** @returns {Promise<Record<string, string>>} SHA-256 of the draws, by model and number of workers */
export async function digests(credence, workerCounts) {
  const {
    exponential,
    gamma,
    halfCauchy,
    log,
    logNormal,
    model,
    normal,
    nuts,
    odeSolve,
    studentT,
    uniform,
    vector,
  } = credence;
  const schools = model({ y: vector('school'), sigma: vector('school') })
    .param('mu', normal(0, 5))
    .param('tau', halfCauchy(5))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
    .observe('y', ({ effect, sigma }) => normal(effect, sigma))
    .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });
  const x = Array.from({ length: 700 }, (_, i) => ((i * 37) % 101) / 50 - 1);
  const robust = model({ x: vector('row'), y: vector('row') })
    .param('slope', normal(0, 2))
    .param('df', gamma(2, 0.1))
    .param('scale', exponential(1))
    .param('level', uniform(-3, 3))
    .param('factor', logNormal(0, 1))
    .derive('logFactor', ({ factor }) => log(factor))
    .observe('y', ({ x, slope, df, scale, level, factor }) =>
      studentT(df, level.add(slope.mul(x)), scale.mul(factor)),
    )
    .condition({ x, y: x.map((value, i) => 0.5 + value + 4 * cube(((i * 53) % 97) / 97 - 0.5)) });

  // Its instructions are in the full build only, which is loaded when it is asked for.
  const decay = model({ t: vector('time'), y: vector('time') })
    .param('rate', logNormal(0, 1))
    .param('scale', exponential(1))
    .observe('y', ({ t, rate, scale }) =>
      normal(
        odeSolve((_, state) => [rate.mul(state.at(0)).neg()], { initial: [1], times: t }).reshape([3]),
        scale,
      ),
    )
    .condition({ t: [1, 2, 3], y: [0.6, 0.4, 0.2] });

  const readings = model({ y: vector('row') })
    .param('level', normal(0, 100))
    .param('spare', credence.poisson(3))
    .param('faulty', credence.bernoulli(0.1), { dims: ['row'] })
    .observe('y', ({ level, spare, faulty }) => normal(level.add(spare), faulty.mul(9).add(1)))
    .condition({ y: [54.1, 53.7, 54.4, 69, 53.9, 54.2] });

  const results = {};
  for (const workers of workerCounts) {
    for (const [name, posterior] of Object.entries({ schools, robust, decay })) {
      const fit = await nuts(posterior, { chains: 4, warmup: 200, draws: 200, seed: 7, workers });
      const values = fit.layout.quantities.flatMap(({ offset, shape }) =>
        Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, (_, i) =>
          fit.quantityDraws(offset + i),
        ),
      );
      results[`${name}, ${workers} workers`] = await digestOf(values.flat());
    }
    const mode = await credence.maximumAPosteriori(schools, { jacobian: true, seed: 7, workers });
    const paths = await credence.pathfinder(schools, { draws: 200, seed: 7, workers });
    results[`optimisers, ${workers} workers`] = await digestOf([
      mode.position,
      mode.values,
      paths.positions,
      paths.logApproximations,
    ]);
    const batches = await credence.variational(robust, {
      minibatch: { dimension: 'row', size: 90 },
      maxIterations: 300,
      draws: 50,
      seed: 7,
    });
    results[`batches, ${workers} workers`] = await digestOf([batches.positions, batches.trace.elbo]);
    const whole = await credence.variational(readings, { maxIterations: 300, draws: 50, seed: 7 });
    results[`discrete, ${workers} workers`] = await digestOf([whole.positions, whole.trace.elbo]);
    const divided = await credence.walnuts(schools, { chains: 2, warmup: 150, draws: 100, seed: 7, workers });
    results[`walnuts, ${workers} workers`] = await digestOf([
      ...divided.quantityDraws(0),
      ...divided.stats.leapfrogs,
    ]);
    const tempered = { chains: 2, seed: 7, workers };
    const ensembles = await credence.parallelTempering(schools, {
      ...tempered,
      initial: 'prior',
      levels: 4,
      warmup: 100,
      draws: 60,
    });
    const particles = await credence.sequentialMonteCarlo(schools, { ...tempered, particles: 60 });
    results[`tempered, ${workers} workers`] = await digestOf([
      ...[ensembles, particles].flatMap((fit) => fit.quantityDraws(0)),
      ensembles.weights,
      particles.logEvidences,
    ]);
    results[`variates, ${workers} workers`] = await digestOf(variates(await credence.random(7)));
    results[`closed forms, ${workers} workers`] = await digestOf(
      closedForms(credence, await credence.random(8)),
    );
  }
  return results;
}

async function digestOf(arrays) {
  const bytes = new Float64Array(arrays.flatMap((array) => [...array]));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Draws from most distributions, by several streams. */
function variates(stream) {
  const [a, b] = stream.split(2);
  const count = 3000;
  return [
    ...['uniform', 'normal', 'exponential', 'cauchy', 'logNormal', 'laplace', 'logistic'].map((name) =>
      a[name](count),
    ),
    ...[0.2, 0.5, 3].flatMap((shape) => [
      a.gamma(count, shape),
      a.inverseGamma(count, shape + 1),
      a.weibull(count, shape),
      a.studentT(count, shape + 1),
      b.beta(count, shape, 0.7),
      b.logBeta(count, shape, 0.7),
      b.dirichlet(count, [shape, 1, 0.5]),
      b.vonMises(count, 0, shape),
      b.inverseGaussian(count, shape, 1),
    ]),
    ...[0.1, 12, 5000].flatMap((mean) => [
      stream.poisson(count, mean),
      stream.negativeBinomial(count, mean, 2),
      stream.binomial(count, 20_000, mean / 20_000),
    ]),
    stream.hypergeometric(count, 900, 1000, 5000),
    stream.categorical(count, [1, 2, 3]),
    stream.wishart(count, 5, [2, 1, 1, 2]),
    stream.lkj(count, 4, 1),
    stream.permutation(count),
  ];
}

/** Posteriors, their quantiles, evidence and draws; the module is made at once, in a page's main thread too. */
function closedForms(credence, stream) {
  const rate = credence.gammaPoisson({ shape: 2, rate: 0.3 }).update([3, 0, 5, 2, 1200]);
  const share = credence.betaBernoulli({ alpha: 0.5, beta: 0.5 }).update({ successes: 3, trials: 17 });
  const line = credence
    .linearRegression({ predictors: 2, sd: 3, shape: 1, scale: 1 })
    .update({ x: stream.normal(200), y: stream.normal(100) });
  const matrix = credence
    .normalInverseWishart({ mean: [0, 0], strength: 1, df: 4, scale: [1, 0, 0, 1] })
    .update(stream.normal(60));
  return [
    ...[rate, share].map((posterior) => [
      ...posterior.interval(),
      ...posterior.highestDensityInterval(),
      posterior.logEvidence,
      posterior.predictive().logDensity(1),
      ...posterior.draws(stream, 100),
    ]),
    [line.logEvidence, line.tunePriorScale().logEvidence, ...line.draws(stream, 10).coefficients],
    [matrix.logEvidence, ...matrix.draws(stream, 10).covariance],
    credence.expectedLoss([share, share.update([1, 1, 0])]),
  ];
}

/** Not `value ** 3`: there engines differ. */
function cube(value) {
  return value * value * value;
}
