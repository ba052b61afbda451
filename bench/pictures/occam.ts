/** `npm run picture:occam`: draws what examples/occam.ts finds into docs/occam.svg. */
import { writeFileSync } from 'node:fs';
import { at, degrees, given, legendre, TRUE_DEGREE, y } from '../../examples/occam';
import { exact, type LinearRegression } from '../../src/conjugate';
import { named, number, specification } from '../../src/plot/specification';
import { toSVG } from '../../src/plot/svg';
import { REFERENCE } from '../../src/plot/theme';

const SHOWN = [1, TRUE_DEGREE, 9];
const GRID = Array.from({ length: 121 }, (_, i) => -1 + i / 60);

const [fit, evidence] = ['highest log likelihood', 'log evidence'];
const scores = degrees.flatMap((row) => [
  { degree: row.degree, value: row.fit, what: fit },
  { degree: row.degree, value: row.logEvidence.estimate, what: evidence },
]);
const curves = SHOWN.flatMap((degree) => {
  const { coefficients } = (exact(given(degree)) as LinearRegression).mean;
  return GRID.map((x) => {
    const terms = legendre(x, degree);
    return { x, y: coefficients.reduce((sum, c, i) => sum + c * terms[i], 0), degree: `degree ${degree}` };
  });
});
const points = Array.from(at, (x, i) => ({ x, y: y[i] }));
const size = { width: 300, height: 220 };
const legend = { orient: 'bottom', title: null, labelLimit: 200 };

const picture = specification(
  "Occam's razor",
  `The highest log likelihood of a polynomial rises with its degree, from ${degrees[0].fit.toFixed(1)} to ` +
    `${degrees.at(-1)!.fit.toFixed(1)}; the log evidence is highest at degree ${TRUE_DEGREE}, which made the data.`,
  {
    resolve: { scale: { color: 'independent' } },
    hconcat: [
      {
        ...size,
        data: { values: scores },
        mark: { type: 'line', point: true },
        encoding: {
          x: number('degree', 'degree of the polynomial', { axis: { tickCount: 10 } }),
          y: number('value', null, { scale: { zero: false } }),
          color: named('what', null, { legend }),
        },
      },
      {
        ...size,
        layer: [
          {
            data: { values: points },
            mark: { type: 'point', filled: true, color: REFERENCE, size: 24 },
            encoding: { x: number('x', 'x'), y: number('y', 'y') },
          },
          {
            data: { values: curves },
            mark: { type: 'line' },
            encoding: { x: number('x', 'x'), y: number('y', 'y'), color: named('degree', null, { legend }) },
          },
        ],
      },
    ],
  },
);
writeFileSync('docs/occam.svg', `${await toSVG(picture)}\n`);
