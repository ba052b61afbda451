/** Lint rules; the ones of our own hold the architecture: one direction of imports, no host mathematics before a draw. */
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import typescript from 'typescript-eslint';

/** From the top down; a folder may import what stands below it. */
const layers = [
  'cli',
  'page',
  'plot',
  'io',
  'comparison',
  'evidence',
  'tempering',
  'predictive',
  'sequential',
  'conjugate',
  'inference',
  'simulation',
  'report',
  'diagnostics',
  'model',
  'distributions',
  'covariance',
  'transforms',
  'fold',
  'backend/baseline',
  'compile',
  'random',
  'backend/wasm',
  'target',
  'expr',
  'matrix',
  'arguments',
];

const directions = layers.map((layer, i) => ({
  files: [`src/${layer}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: layers.slice(0, i).map((above) => ({
          regex: `^(\\.\\./)+${above}(/|$)`,
          message: `src/${layer} lies below src/${above}: imports point down (docs/architecture.md).`,
        })),
      },
    ],
  },
}));

/** Engines differ in exp, log and the rest, so nothing that a draw depends on may use theirs. */
const allowedMath = ['abs', 'floor', 'ceil', 'trunc', 'sqrt', 'sign', 'min', 'max', 'imul', 'fround'];
const upstream = [
  'covariance',
  'matrix',
  'expr',
  'compile',
  'fold',
  'transforms',
  'distributions',
  'model',
  'target',
  'random',
  'backend/wasm',
  'inference',
  'simulation',
  'tempering',
  'predictive',
  'conjugate',
  'sequential',
];

export default typescript.config(
  {
    ignores: [
      'dist/',
      'build/',
      'node_modules/',
      'assembly/**/*.ts',
      'bench/assembly/',
      'test/**/kernels.ts',
    ],
  },
  ...typescript.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] })] },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  ...directions,
  {
    files: upstream.map((layer) => `src/${layer}/**`),
    ignores: ['src/expr/special.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `MemberExpression[object.name='Math']:not([property.name=/^(${allowedMath.join('|')})$/])`,
          message: "Draws must be the same on every engine: of the host's Math only what is exact.",
        },
        { selector: "BinaryExpression[operator='**']", message: 'Engines differ in **: use products.' },
      ],
    },
  },
  { files: ['assembly/program/opcodes.ts'], ...typescript.configs.base },
);
