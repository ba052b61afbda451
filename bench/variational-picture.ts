/**
 * Draws docs/elbo.svg: the two terms of the evidence lower bound of a polynomial regression, and their difference, as
 * the prior's scale lets the coefficients go.
 */
import { writeFileSync } from 'node:fs';
import { matrix, model, normal, scalar, variational, vector } from '../src';

const regression = model({ X: matrix('row', 'power'), y: vector('row'), scale: scalar() })
  .param('beta', ({ scale }) => normal(0, scale), { dims: ['power'] })
  .observe('y', ({ X, beta }) => normal(X.matmul(beta), 0.3));

// A cubic with noise, by a fixed generator; polynomials of degree 9.
let state = 3;
const uniform = (): number => (2 * (state = (state * 16807) % 2147483647)) / 2147483647 - 1;
const x = Array.from({ length: 30 }, (_, i) => -1 + (2 * i) / 29);
const y = x.map((t) => 2 * t ** 3 - t + 0.5 * uniform());
const X = x.map((t) => Array.from({ length: 10 }, (_, power) => t ** power));

const scales = Array.from({ length: 25 }, (_, i) => 10 ** (-2 + (i * 4.5) / 24));
const rows: { scale: number; reconstruction: number; divergence: number; elbo: number }[] = [];
for (const scale of scales) {
  const { elbo } = await variational(regression.condition({ X, y, scale }), { family: 'full-rank', seed: 1 });
  rows.push({
    scale,
    reconstruction: elbo.reconstruction!.value,
    divergence: elbo.divergence!.value,
    elbo: elbo.value,
  });
}

const [width, height, left, bottom, top] = [640, 360, 60, 50, 20];
const [low, high] = [-62, 4];
const across = (scale: number): number => left + ((Math.log10(scale) + 2) / 4.5) * (width - left - 150);
const up = (nats: number): number =>
  height - bottom - ((nats - low) / (high - low)) * (height - bottom - top);
const lines = [
  {
    label: 'expected log likelihood',
    color: '#1b6ca8',
    of: (row: (typeof rows)[number]) => row.reconstruction,
  },
  { label: '− KL from the prior', color: '#b5541c', of: (row: (typeof rows)[number]) => -row.divergence },
  { label: 'bound', color: '#222222', of: (row: (typeof rows)[number]) => row.elbo },
];
const path = (of: (row: (typeof rows)[number]) => number): string =>
  rows
    .filter((row) => of(row) >= low)
    .map((row, i) => `${i === 0 ? 'M' : 'L'}${across(row.scale).toFixed(1)},${up(of(row)).toFixed(1)}`)
    .join(' ');
const best = rows.reduce((a, b) => (b.elbo > a.elbo ? b : a));
const axis = [-2, -1, 0, 1, 2].map(
  (power) =>
    `<text x="${across(10 ** power)}" y="${height - bottom + 18}" text-anchor="middle">${10 ** power}</text>`,
);
const ticks = [-60, -40, -20, 0].map(
  (nats) => `<text x="${left - 8}" y="${up(nats) + 4}" text-anchor="end">${nats}</text>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="white"/>
<path d="M${left},${top} V${height - bottom} H${width - 150}" fill="none" stroke="#888"/>
<line x1="${across(best.scale)}" x2="${across(best.scale)}" y1="${top}" y2="${height - bottom}" stroke="#bbb" stroke-dasharray="4 4"/>
${[...axis, ...ticks].join('\n')}
<text x="${(left + width - 150) / 2}" y="${height - 12}" text-anchor="middle">scale of the prior on the coefficients</text>
<text x="16" y="${(height - bottom) / 2}" transform="rotate(-90 16 ${(height - bottom) / 2})" text-anchor="middle">nats</text>
${lines
  .map(
    ({ label, color, of }) =>
      `<path d="${path(of)}" fill="none" stroke="${color}" stroke-width="2"/>\n<text x="${width - 144}" y="${up(Math.max(low, of(rows.at(-1)!))) + 4}" fill="${color}">${label}</text>`,
  )
  .join('\n')}
</svg>
`;
writeFileSync(new URL('../docs/elbo.svg', import.meta.url), svg);
console.log(
  rows
    .map((row) =>
      Object.values(row)
        .map((v) => v.toFixed(3))
        .join(' '),
    )
    .join('\n'),
);
