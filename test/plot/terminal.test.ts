/** Pictures in the terminal: dots where they belong, axes at round numbers, lines that fit. */

import { describe, expect, it, test } from 'vitest';
import { Canvas, type Paint } from '../../src/plot/terminal/canvas';
import { extentOf, Framed, type Screen } from '../../src/plot/terminal/frame';
import { density, forest, pair, rank, trace } from '../../src/plot/terminal/pictures';
import { ticks } from '../../src/plot/terminal/ticks';
import { exampleRun } from './example';

const plain: Paint = (text) => text;
const tagged: Paint = (text, colour) => `<${colour}>${text}</>`;
const screen: Screen = { width: 60, height: 8, paint: plain };

test('ticks are round and lie inside', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(-3.2, 7.9, 4)).toEqual([0, 5]);
  expect(ticks(1e-9, 3e-9, 2)).toEqual([1e-9, 2e-9, 3e-9]);
  expect(ticks(5, 5, 3)).toEqual([5]);
});

describe('a canvas', () => {
  it('has two by four dots to a character', () => {
    const canvas = new Canvas(2, 1);
    canvas.dot(0, 1, 0);
    canvas.dot(1, 0, 0);
    canvas.dot(2, 0, 0);
    canvas.dot(NaN, 0, 0);
    expect(canvas.lines(plain)).toEqual(['⠁⢀']);
  });

  it('draws lines without gaps', () => {
    const canvas = new Canvas(2, 1);
    canvas.line(0, 1, 1, 1, 0);
    expect(canvas.lines(plain)).toEqual(['⠉⠉']);
  });

  it('paints neighbours of one colour together, letters over dots', () => {
    const canvas = new Canvas(4, 1);
    canvas.line(0, 1, 1, 1, 0);
    canvas.letter(0.99, 0.5, 'x', 'alarm');
    expect(canvas.lines(tagged)).toEqual(['<0>⠉⠉⠉</><alarm>x</>']);
  });
});

test('a frame puts values at their places', () => {
  const framed = new Framed({ ...screen, width: 24, height: 4 }, { low: 0, high: 10 }, { low: 0, high: 100 });
  framed.letter(0, 0, 'a', 0);
  framed.letter(10, 100, 'b', 0);
  const lines = framed.lines();
  expect(lines[0].trimEnd().endsWith('b')).toBe(true);
  expect(lines[3]).toMatch(/^ +0 ┤a/);
  expect(lines[5].trim().split(/ +/)).toEqual(['0', '5', '10']);
});

test('extents leave out what is not finite, and have room', () => {
  expect(extentOf([[1, NaN, 3], [Infinity]])).toEqual({ low: 1, high: 3 });
  expect(extentOf([[2, 2]])).toEqual({ low: 0, high: 4 });
  expect(extentOf([])).toEqual({ low: 0, high: 1 });
});

describe('pictures', () => {
  const fit = exampleRun(3, 200);
  const diverged = fit.stats.divergent.reduce((total, flags) => total + flags.reduce((a, b) => a + b, 0), 0);

  it.each([
    ['trace', trace(fit, 'mu', screen)],
    ['density', density(fit, 'tau', screen)],
    ['pair', pair(fit, ['mu', 'tau'], screen)],
    ['rank', rank(fit, 'tau', screen)],
    ['forest', forest(fit, undefined, screen)],
  ] as const)('of kind %s keep to the width', (_, lines) => {
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines.slice(1)) expect([...line].length).toBeLessThanOrEqual(screen.width);
  });

  it('colour chains and divergences', () => {
    const lines = trace(fit, 'tau', { ...screen, paint: tagged });
    expect(lines[0]).toContain('chains <0>1</> <1>2</> <2>3</>');
    expect(lines.join('')).toContain('<alarm>x');
    expect(pair(fit, ['mu', 'tau'], screen)[0]).toContain(`x ${diverged} divergent`);
  });

  it('show what is where', () => {
    const shifted = exampleRun(2, 100);
    shifted.quantityDraws(0)[0].forEach((_, i, draws) => (draws[i] = i));
    shifted.quantityDraws(0)[1].forEach((_, i, draws) => (draws[i] = 99 - i));
    const [, , , middle] = forest(shifted, ['tau', 'effect[0]', 'mu'], screen);
    // Of 0 … 99 the median is in the middle of the 90 % interval.
    const bar = [...middle.slice(middle.indexOf(' ') + 1)];
    const [first, last] = [bar.findIndex((c) => c === '─'), bar.lastIndexOf('─')];
    expect(Math.abs(bar.indexOf('●') - (first + last) / 2)).toBeLessThanOrEqual(1);
    // Two chains that cross: apart at both ends of the top line, together nowhere near it.
    const top = [...trace(shifted, 'mu', screen)[1]].slice(5);
    expect(top.slice(0, 5).join('').trim()).not.toBe('');
    expect(top.slice(-5).join('').trim()).not.toBe('');
    expect(top.slice(15, -15).join('').trim()).toBe('');
    expect(rank(shifted, 'mu', screen)[1]).toContain('5 to 5');
  });

  it('say so where all draws are the same', () => {
    const constant = exampleRun(2, 20);
    for (const draws of constant.quantityDraws(0) as Float64Array[]) draws.fill(3);
    expect(density(constant, 'mu', screen)).toEqual(['mu is 3 in every draw']);
    expect(trace(constant, 'mu', screen).join('')).toContain('⠉');
  });

  it('want two quantities for a pair', () => {
    expect(() => pair(fit, ['effect'], screen)).toThrow('a pair needs two scalar quantities, got 8');
  });
});
