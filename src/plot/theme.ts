/** Colours and type of all pictures; text takes the colour of what surrounds it, so that they suit light and dark pages. */

/** Chains and groups: of similar lightness, told apart by the colour-blind (after Okabe and Ito 2008). */
export const PALETTE = [
  '#3584c4',
  '#e0862a',
  '#2a9d74',
  '#c8649a',
  '#8a7bd1',
  '#a58a12',
  '#4fb0c6',
  '#b5651d',
];

/** What is observed, or estimated from everything. */
export const MAIN = '#3584c4';
/** What deserves a look: divergent draws, values beyond a threshold. */
export const ALARM = '#d9412f';
/** Thresholds, expectations, bands. */
export const REFERENCE = '#8b8f98';

/** Vega-Lite configuration. */
export const config = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  padding: 4,
  range: { category: PALETTE },
  // The picture has a description; its thousand marks would drown it.
  mark: { aria: false, color: MAIN },
  title: { color: 'currentColor', anchor: 'start', fontSize: 13, fontWeight: 600 },
  axis: {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    tickColor: REFERENCE,
    domainColor: REFERENCE,
    gridColor: REFERENCE,
    gridOpacity: 0.2,
    titleFontWeight: 400,
    labelFontSize: 11,
    titleFontSize: 12,
    aria: false,
  },
  header: { labelColor: 'currentColor', titleColor: 'currentColor', labelFontSize: 11 },
  legend: { labelColor: 'currentColor', titleColor: 'currentColor', titleFontWeight: 400, aria: false },
  text: { color: 'currentColor' },
  view: { stroke: null },
};
