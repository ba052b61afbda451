/** Takes the values that are kept out of whole records of draws. */

/**
 * A copy of records with the selected values only.
 *
 * @param width values of a whole record
 */
export function takeColumns(
  records: Float64Array,
  width: number,
  columns: Int32Array | undefined,
): Float64Array<ArrayBuffer> {
  if (columns === undefined) return new Float64Array(records);
  const rows = records.length / width;
  const kept = columns.length;
  const taken = new Float64Array(rows * kept);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < kept; i++) taken[row * kept + i] = records[row * width + columns[i]];
  }
  return taken;
}
