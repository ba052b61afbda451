/** A long chain of parameters must not make the compiler slow. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of one file that does not exist on disk. */
function check(source: string): { seconds: number; messages: string[] } {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const name = `${root}test/types/generated.ts`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    file === name
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([name], options, host);
  const file = program.getSourceFile(name)!;
  // Processor time, so that neighbours on the machine do not count.
  const start = process.cpuUsage();
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  return {
    seconds,
    messages: diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  };
}

const imports = `import { normal } from '../../src/distributions'; import { model } from '../../src/model';\n`;
const steps = Array.from({ length: 99 }, (_, i) => `.param('p${i + 1}', ({ p${i} }) => normal(p${i}, 1))`);

test(
  '100 parameters, each seeing the one before, type-check in under 3 s',
  { timeout: 60_000, retry: 2 },
  () => {
    const { seconds, messages } = check(
      `${imports}export const m = model().param('p0', normal(0, 1))${steps.join('\n')};`,
    );
    expect(messages).toEqual([]);
    expect(seconds).toBeLessThan(3);
  },
);

test('the 100th step still knows which names there are', () => {
  const { messages } = check(
    `${imports}export const m = model().param('p0', normal(0, 1))${steps.join('\n')}.param('last', ({ p100 }) => normal(p100, 1));`,
  );
  expect(messages.join()).toContain("Property 'p100' does not exist");
}, 60_000);
