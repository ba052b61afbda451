/** What must and must not compile; `tsc` is the judge, and nothing here runs. */
import { expectTypeOf } from 'vitest';
import { beta, halfCauchy, normal, poissonLog } from '../../src/distributions';
import { exp, log, matmul, sum, type Expression } from '../../src/expr';
import { nuts } from '../../src/inference';
import { index, integers, matrix, model, scalar, vector, type Posterior } from '../../src/model';

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma));

export function names(): void {
  const posterior = schools.condition({ y: [1, 2], sigma: Float64Array.of(1, 1) });
  expectTypeOf(posterior.__quantities.mu).toEqualTypeOf<0>();
  expectTypeOf(posterior.__quantities.effect).toEqualTypeOf<1>();
  // @ts-expect-error a misspelt parameter
  void posterior.__quantities.tua;
  expectTypeOf(posterior).toExtend<Posterior>();
}

export async function draws(): Promise<void> {
  const fit = await nuts(schools.condition({ y: [1, 2], sigma: [1, 1] }), { chains: 2 });
  fit.draws('effect').at(0);
  fit.draws('tau').at();
  // @ts-expect-error a misspelt name
  fit.draws('tua');
  // @ts-expect-error an index too many
  fit.draws('tau').at(0);
  // @ts-expect-error an index too few
  fit.draws('effect').at();
}

export function scopes(): void {
  schools.derive('ratio', (scope) => {
    expectTypeOf(scope.mu).toEqualTypeOf<Expression<0>>();
    expectTypeOf(scope.effect).toEqualTypeOf<Expression<1>>();
    expectTypeOf(scope.sigma).toEqualTypeOf<Expression<1>>();
    // @ts-expect-error a misspelt name
    void scope.efect;
    return scope.mu.div(scope.tau);
  });
  // @ts-expect-error a misspelt name, destructured
  schools.param('x', ({ tua }) => normal(0, tua));
  // @ts-expect-error observing what is not there
  schools.observe('z', normal(0, 1));
  // @ts-expect-error a name taken by a parameter
  schools.param('mu', normal(0, 1));
  // @ts-expect-error a name taken by data
  schools.param('y', normal(0, 1));
  // @ts-expect-error a name taken by a parameter
  schools.derive('tau', ({ mu }) => exp(mu));
}

export function ranks(): void {
  const regression = model({
    X: matrix('row', 'predictor'),
    county: index('row', 'county'),
    n: scalar(),
    y: integers('row'),
  })
    .param('b', normal(0, 1), { dims: ['predictor'] })
    .param('share', ({ b }) => beta(exp(b), 1))
    .param('level', normal([0, 1, 2], 1))
    .derive('eta', ({ X, b }) => matmul(X, b))
    .derive('size', ({ n }) => log(n))
    .derive('twice', () => 2)
    .observe('y', ({ eta }) => poissonLog(eta));
  type Ranks = ReturnType<typeof regression.condition>['__quantities'];
  expectTypeOf<Ranks['b']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['share']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['level']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['eta']>().toEqualTypeOf<1>();
  expectTypeOf<Ranks['size']>().toEqualTypeOf<0>();
  expectTypeOf<Ranks['twice']>().toEqualTypeOf<0>();
  regression.logDensity('anchor', ({ b }) => sum(b), { role: 'prior' });
  // @ts-expect-error a term must say which side it is on
  regression.logDensity('anchor', ({ b }) => sum(b));
  regression.condition({ X: [[1, 2]], county: ['a'], n: 1, y: [0] });
  regression.condition({ X: [Float64Array.of(1, 2)], county: [0], n: 1, y: Int32Array.of(0) });
}

export function data(): void {
  // @ts-expect-error sigma is missing
  schools.condition({ y: [1, 2] });
  // @ts-expect-error a misspelt name beside the right ones
  schools.condition({ y: [1, 2], sigma: [1, 1], sgima: [1, 1] });
  // @ts-expect-error a number where a vector is declared
  schools.condition({ y: 1, sigma: [1, 1] });
  // @ts-expect-error labels where numbers are declared
  schools.condition({ y: ['a'], sigma: [1] });
  // @ts-expect-error data are declared
  schools.condition();
  model().param('z', normal(0, 1)).condition();
}
