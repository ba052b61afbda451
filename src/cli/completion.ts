/** `credence completion`: scripts by which shells complete commands and options. */

import { Argument, type Command, type Option } from 'commander';
import { command, does } from './command';

interface Word {
  readonly name: string;
  readonly description: string;
}

/** What may be typed after a command's name. */
interface Completable extends Word {
  readonly options: readonly (Word & { readonly choices: readonly string[]; readonly takesValue: boolean })[];
  readonly choices: readonly string[];
}

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** The command that prints a script for the other commands and itself. */
export function completion(others: readonly Command[]): Command {
  const own: Command = command('completion', {
    description: 'Print a script by which a shell completes commands and options.',
    examples: [
      'source <(credence completion bash)',
      'credence completion zsh > "${fpath[1]}/_credence"',
      'credence completion fish > ~/.config/fish/completions/credence.fish',
    ],
  }).addArgument(new Argument('<shell>', 'which shell').choices(SHELLS));
  return does<[Shell], { stackTrace?: boolean }>(own, async (shell) => {
    process.stdout.write(SCRIPTS[shell]([...others, own].map(completable)));
    return 0;
  });
}

function completable(target: Command): Completable {
  return {
    name: target.name(),
    description: target.description(),
    options: [...target.options, ...helpOptions(target)].map((option) => ({
      name: option.long!,
      description: option.description,
      choices: option.argChoices ?? [],
      takesValue: option.required || option.optional,
    })),
    choices: target.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}

function helpOptions(target: Command): readonly Option[] {
  return target
    .createHelp()
    .visibleOptions(target)
    .filter(({ long }) => long === '--help');
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly Completable[]) => string>> = {
  bash: (commands) => `# Completion of credence for bash.
_credence() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(' ')} --help --version"
  else
    case "\${COMP_WORDS[1]}:$before" in
${commands
  .flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map((option) => `      ${name}:${option.name}) words="${option.choices.join(' ')}" ;;`),
  )
  .join('\n')}
${commands
  .map(
    ({ name, options, choices }) =>
      `      ${name}:*) words="${[...choices, ...options.map((option) => option.name)].join(' ')}" ;;`,
  )
  .join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _credence credence
`,
  zsh: (commands) => `#compdef credence
# Completion of credence for zsh.
_credence() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${commands
  .map(
    ({ name, options, choices }) => `    ${name})
      _arguments \\
${options
  .map((option) => {
    const value = !option.takesValue
      ? ''
      : option.choices.length > 0
        ? `:value:(${option.choices.join(' ')})`
        : ':value:_files';
    return `        ${quoted(`${option.name}[${bare(option.description)}]${value}`)} \\`;
  })
  .join('\n')}
        ${quoted(choices.length > 0 ? `*:value:(${choices.join(' ')})` : '*:file:_files')} ;;`,
  )
  .join('\n')}
  esac
}
if [ "$funcstack[1]" = "_credence" ]; then _credence "$@"; else compdef _credence credence; fi
`,
  fish: (commands) =>
    [
      '# Completion of credence for fish.',
      ...commands.flatMap(({ name, description, options, choices }) => [
        `complete -c credence -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
        ...(choices.length > 0
          ? [
              `complete -c credence -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(choices.join(' '))}`,
            ]
          : []),
        ...options.map((option) => {
          const value = !option.takesValue
            ? ''
            : option.choices.length > 0
              ? ` -x -a ${quoted(option.choices.join(' '))}`
              : ' -r';
          return `complete -c credence -n '__fish_seen_subcommand_from ${name}' -l ${option.name.slice(2)}${value} -d ${quoted(option.description)}`;
        }),
      ]),
      '',
    ].join('\n'),
};

/** Between single quotes, as all three shells take it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Brackets and colons mean something to zsh. */
function bare(text: string): string {
  return text.replace(/[[\]:\\]/g, (character) => `\\${character}`);
}
