/** Posteriors of posteriordb, written with the model API; parameters have the names of the references. */
import {
  autoregressive,
  beta as betaDistribution,
  equal,
  flat,
  halfCauchy,
  halfNormal,
  halfStudentT,
  log,
  logNormal,
  logSumExp,
  matmul,
  matrix,
  mean,
  model,
  normal,
  odeSolve,
  ordered,
  positiveOrdered,
  reshape,
  scalar,
  scan,
  simplex,
  slice,
  square,
  stack,
  studentT,
  transpose,
  vector,
  type Expression,
  type Samplable,
} from 'credence';

const kidMomIq = model({ kid_score: vector('child'), mom_iq: vector('child') })
  .param('beta', flat(), { dims: [2] })
  .param('sigma', halfCauchy(2.5))
  .observe('kid_score', ({ beta, sigma, mom_iq }) => normal(beta.at(0).add(beta.at(1).mul(mom_iq)), sigma));

const kidInteraction = model({ kid_score: vector('child'), mom_iq: vector('child'), mom_hs: vector('child') })
  .param('beta', flat(), { dims: [4] })
  .param('sigma', halfCauchy(2.5))
  .observe('kid_score', ({ beta, sigma, mom_iq, mom_hs }) =>
    normal(
      beta
        .at(0)
        .add(beta.at(1).mul(mom_hs))
        .add(beta.at(2).mul(mom_iq))
        .add(beta.at(3).mul(mom_hs.mul(mom_iq))),
      sigma,
    ),
  );

const earnings = model({ earn: vector('person'), height: vector('person'), male: vector('person') })
  .derive('logEarn', ({ earn }) => log(earn))
  .param('beta', flat(), { dims: [4] })
  .param('sigma', flat({ lower: 0 }))
  .observe('logEarn', ({ beta, sigma, height, male }) =>
    normal(
      beta
        .at(0)
        .add(beta.at(1).mul(height))
        .add(beta.at(2).mul(male))
        .add(beta.at(3).mul(height.mul(male))),
      sigma,
    ),
  );

const mesquite = model({
  weight: vector('bush'),
  diam1: vector('bush'),
  diam2: vector('bush'),
  canopy_height: vector('bush'),
  total_height: vector('bush'),
  group: vector('bush'),
})
  .derive('logWeight', ({ weight }) => log(weight))
  .param('beta', flat(), { dims: [6] })
  .param('sigma', flat({ lower: 0 }))
  .observe('logWeight', ({ beta, sigma, diam1, diam2, canopy_height, total_height, group }) => {
    const volume = log(diam1.mul(diam2).mul(canopy_height));
    const area = log(diam1.mul(diam2));
    const shape = log(diam1.div(diam2));
    const columns = transpose(stack([volume, area, shape, log(total_height), group]));
    return normal(beta.at(0).add(matmul(columns, slice(beta, 1))), sigma);
  });

const nes = model({
  partyid7: vector('person'),
  real_ideo: vector('person'),
  race_adj: vector('person'),
  age_discrete: vector('person'),
  educ1: vector('person'),
  gender: vector('person'),
  income: vector('person'),
})
  .param('beta', flat(), { dims: [9] })
  .param('sigma', flat({ lower: 0 }))
  .observe('partyid7', ({ beta, sigma, real_ideo, race_adj, age_discrete, educ1, gender, income }) => {
    const columns: Expression[] = [
      real_ideo,
      race_adj,
      equal(age_discrete, 2),
      equal(age_discrete, 3),
      equal(age_discrete, 4),
      educ1,
      gender,
      income,
    ];
    const predictor = columns.reduce(
      (sum, column, k) => sum.add(beta.at(k + 1).mul(column)),
      beta.at(0) as Expression,
    );
    return normal(predictor, sigma);
  });

const blr = model({ y: vector('row'), X: matrix('row', 'column') })
  .param('beta', normal(0, 10), { dims: ['column'] })
  .param('sigma', halfNormal(10))
  .observe('y', ({ X, beta, sigma }) => normal(X.matmul(beta), sigma));

const kilpisjarvi = model({
  x: vector('year'),
  y: vector('year'),
  pmualpha: scalar(),
  psalpha: scalar(),
  pmubeta: scalar(),
  psbeta: scalar(),
})
  .param('alpha', ({ pmualpha, psalpha }) => normal(pmualpha, psalpha))
  .param('beta', ({ pmubeta, psbeta }) => normal(pmubeta, psbeta))
  .param('sigma', flat({ lower: 0 }))
  .observe('y', ({ alpha, beta, sigma, x }) => normal(alpha.add(beta.mul(x)), sigma));

const eightSchools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('theta', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ theta, sigma }) => normal(theta, sigma));

const diamonds = model({ Y: vector('stone'), X: matrix('stone', 'column') })
  .param('b', normal(0, 1), { dims: [24] })
  .param('Intercept', studentT(3, 8, 10))
  .param('sigma', halfStudentT(3, 10))
  .observe('Y', ({ b, Intercept, sigma, X }) => {
    const columns = slice(X, 1, undefined, 1);
    return normal(Intercept.add(matmul(columns.sub(mean(columns, 0)), b)), sigma);
  });

const autoregression = model({ y: vector('time') })
  .param('alpha', normal(0, 10))
  .param('beta', normal(0, 10), { dims: [5] })
  .param('sigma', halfCauchy(2.5))
  .observe('y', ({ alpha, beta, sigma }) => autoregressive(beta, sigma, { intercept: alpha }));

const mixture = model({ y: vector('point') })
  .param('mu', normal(0, 2), { dims: [2], constraint: ordered })
  .param('sigma', halfNormal(2), { dims: [2] })
  .param('theta', betaDistribution(5, 5))
  .logDensity(
    'points',
    ({ y, mu, sigma, theta }) =>
      logSumExp(
        stack([
          normal(mu.at(0), sigma.at(0)).logDensity(y).add(log(theta)),
          normal(mu.at(1), sigma.at(1))
            .logDensity(y)
            .add(log(theta.neg().add(1))),
        ]),
        0,
      ),
    { role: 'likelihood' },
  );

const garch = model({ y: vector('time'), sigma1: scalar() })
  .param('mu', flat())
  .param('alpha0', flat({ lower: 0 }))
  .param('alpha1', flat({ lower: 0, upper: 1 }))
  .param('beta1', ({ alpha1 }) => flat({ lower: 0, upper: alpha1.neg().add(1) }))
  .derive('sigma', ({ y, sigma1, mu, alpha0, alpha1, beta1 }) => {
    const { results } = scan(
      { initial: { variance: square(sigma1) }, over: { shock: y.sub(mu) } },
      ({ variance }, { shock }) => ({
        state: { variance: alpha0.add(alpha1.mul(shock.square())).add(beta1.mul(variance)) },
        results: { variance },
      }),
    );
    return results.variance.sqrt();
  })
  .observe('y', ({ mu, sigma }) => normal(mu, sigma));

const lotkaVolterra = model({ ts: vector('time'), y_init: vector(2), y: matrix('time', 2) })
  .param('theta', flat({ lower: 0 }), { dims: [4] })
  .logDensity('rates', ({ theta }) => normal([1, 0.05, 1, 0.05], [0.5, 0.05, 0.5, 0.05]).logDensity(theta), {
    role: 'prior',
  })
  .param('z_init', logNormal(Math.log(10), 1), { dims: [2] })
  .param('sigma', logNormal(-1, 1), { dims: [2] })
  .derive('logZ', ({ theta, z_init, ts }) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => theta.at(i));
    const solution = odeSolve(
      (_t, z) => [a.sub(b.mul(z.at(1))).mul(z.at(0)), d.mul(z.at(0)).sub(c).mul(z.at(1))],
      { initial: z_init, times: ts, relativeTolerance: 1e-5, absoluteTolerance: 1e-3 },
    );
    return log(solution);
  })
  .observe('y_init', ({ z_init, sigma }) => logNormal(log(z_init), sigma))
  .observe('y', ({ logZ, sigma }) => logNormal(logZ, sigma));

const hiddenMarkov = model({ y: vector('time') })
  .param('theta', flat(), { dims: [2, 2], constraint: simplex })
  .param('mu', normal([3, 10], 1), { constraint: positiveOrdered })
  .logDensity(
    'series',
    ({ y, theta, mu }) => {
      const emission = normal(mu, 1).logDensity(reshape(y, [y.size, 1]));
      const transition = log(theta);
      const { state } = scan(
        { initial: { forward: emission.at(0) }, over: { emission: slice(emission, 1) } },
        ({ forward }, { emission }) => ({
          state: { forward: logSumExp(reshape(forward, [2, 1]).add(transition), 0).add(emission) },
        }),
      );
      return logSumExp(state.forward);
    },
    { role: 'likelihood' },
  )
  .derive('theta1', ({ theta }) => theta.at(0))
  .derive('theta2', ({ theta }) => theta.at(1));

/** Each with the folder of its data and reference. */
export const posteriors: {
  folder: string;
  model: { condition(data: never): Samplable };
  metric?: 'dense';
}[] = [
  { folder: 'eight_schools-eight_schools_noncentered', model: eightSchools },
  { folder: 'kidiq-kidscore_momiq', model: kidMomIq },
  { folder: 'kidiq-kidscore_interaction', model: kidInteraction },
  { folder: 'earnings-logearn_interaction', model: earnings },
  { folder: 'mesquite-logmesquite_logvash', model: mesquite },
  { folder: 'nes1980-nes', model: nes },
  { folder: 'sblrc-blr', model: blr },
  { folder: 'kilpisjarvi_mod-kilpisjarvi', model: kilpisjarvi },
  { folder: 'diamonds-diamonds', model: diamonds, metric: 'dense' },
  { folder: 'arK-arK', model: autoregression },
  { folder: 'garch-garch11', model: garch },
  { folder: 'hudson_lynx_hare-lotka_volterra', model: lotkaVolterra },
  { folder: 'hmm_example-hmm_example', model: hiddenMarkov },
  { folder: 'low_dim_gauss_mix-low_dim_gauss_mix', model: mixture },
];
