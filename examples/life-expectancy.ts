/**
 * Life expectancy in 62 countries from 1955 to 2005 (Gapminder, 682 rows, shipped in the package `vega-datasets`).
 *
 * Each country has a level and a trend of its own, and both come from a population of countries: a hierarchical
 * regression with varying intercepts and slopes. Countries with erratic histories are pulled towards the others.
 */
import { readFileSync } from 'node:fs';
import { halfNormal, index, model, normal, vector } from 'credence';

const rows: { year: number; country: string; life_expect: number }[] = JSON.parse(
  readFileSync(new URL('../node_modules/vega-datasets/data/gapminder.json', import.meta.url), 'utf8'),
);

const lifeExpectancy = model({
  years: vector('row'),
  decade: vector('row'),
  // For each row, its country. Labels become the coordinates of the dimension `country`.
  country: index('row', 'country'),
})
  // The typical country: life expectancy in 1980, and years gained per decade.
  .param('level', normal(65, 10))
  .param('gain', normal(2, 2))
  // How much countries differ in either.
  .param('levelSpread', halfNormal(10))
  .param('gainSpread', halfNormal(2))
  // A level and a gain for each country. Eleven rows tell much about a country, so they are sampled as they are.
  .param('countryLevel', ({ level, levelSpread }) => normal(level, levelSpread), { dims: ['country'] })
  .param('countryGain', ({ gain, gainSpread }) => normal(gain, gainSpread), { dims: ['country'] })
  // How far single years stray from their country's line.
  .param('sigma', halfNormal(5))
  .observe('years', ({ countryLevel, countryGain, country, decade, sigma }) => {
    const line = countryLevel.gather(country).add(countryGain.gather(country).mul(decade));
    return normal(line, sigma);
  });

export default lifeExpectancy.condition({
  years: rows.map((row) => row.life_expect),
  decade: rows.map((row) => (row.year - 1980) / 10),
  country: rows.map((row) => row.country),
});
