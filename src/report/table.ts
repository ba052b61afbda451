/** Plain-text tables: the first column to the left, numbers to the right. */

/** Longer first cells lose their middle, so that a table fits a terminal. */
const WIDEST_NAME = 36;

/** Lines of text, the columns aligned and two spaces apart. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(([name, ...rest]) => [shorten(name), ...rest]);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shorten(name: string): string {
  if (name.length <= WIDEST_NAME) return name;
  const kept = WIDEST_NAME - 1;
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
}

/** Breaks text into lines at spaces; lines after the first are indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
