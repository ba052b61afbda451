/** InferenceData as NetCDF-4, which is HDF5 with dimension scales, through h5wasm. */

import type * as H5 from 'h5wasm';
import { type Dataset, GROUPS, type InferenceData, type Labels, type Variable } from './inference-data';

/** Loaded on first use: the library brings HDF5 itself. */
async function library(): Promise<{ h5: typeof H5; files: FS.FileSystemType }> {
  const h5 = await import('h5wasm');
  // HDF5 would print its complaints.
  (await h5.ready).activate_throwing_error_handler();
  return { h5, files: h5.FS! };
}

let counter = 0;

/**
 * The bytes of a NetCDF-4 file that `arviz.from_netcdf` opens.
 *
 * @param data what `inferenceData` makes
 */
export async function toNetcdf(data: InferenceData): Promise<Uint8Array<ArrayBuffer>> {
  const { h5, files } = await library();
  const path = `/credence-${counter++}.nc`;
  const file = new h5.File(path, 'w', { track_order: true, libver: ['v108', 'latest'] });
  try {
    let dimensions = 0;
    for (const name of GROUPS) {
      const dataset = data[name];
      if (dataset === undefined) continue;
      dimensions = writeGroup(file.create_group(name, true), `/${name}`, dataset, dimensions);
    }
    file.close();
    return new Uint8Array(files.readFile(path) as Uint8Array<ArrayBuffer>);
  } finally {
    files.unlink(path);
  }
}

/** Dimensions are numbered through the whole file: returns the next free number. */
function writeGroup(
  group: H5.Group,
  path: string,
  { variables, coords, attrs }: Dataset,
  firstDimension: number,
): number {
  for (const [name, value] of Object.entries(attrs)) {
    // Whole numbers as well: ArviZ cannot write numpy's integers as JSON.
    if (typeof value === 'number') group.create_attribute(name, value, [], '<d');
    else group.create_attribute(name, value);
  }
  const sizes = new Map<string, number>();
  for (const { dims, shape } of Object.values(variables))
    dims.forEach((dim, axis) => sizes.set(dim, shape[axis]));
  let dimension = firstDimension;
  for (const [dim, size] of sizes) {
    const labels = coords[dim] ?? Array.from({ length: size }, (_, i) => i);
    const scale = createLabels(group, dim, labels);
    scale.make_scale(dim);
    scale.create_attribute('_Netcdf4Dimid', dimension++, [], '<i');
  }
  for (const [name, variable] of Object.entries(variables)) {
    const { dims, shape, values, type } = variable;
    const data = type === 'bool' ? Int8Array.from(values) : values;
    const written = group.create_dataset({
      name,
      data,
      shape: [...shape],
      dtype: type === 'bool' ? '<b' : '<d',
      track_order: true,
    });
    // As xarray tells truth values from small numbers.
    if (type === 'bool') written.create_attribute('dtype', 'bool');
    else written.create_attribute('_FillValue', Float64Array.of(NaN), [1], '<d');
    dims.forEach((dim, axis) => written.attach_scale(axis, `${path}/${dim}`));
  }
  return dimension;
}

function createLabels(group: H5.Group, name: string, labels: Labels): H5.Dataset {
  const shape = [labels.length];
  if (labels.every((label) => typeof label === 'number' && (label | 0) === label)) {
    const data = Int32Array.from(labels as readonly number[]);
    return group.create_dataset({ name, data, shape, dtype: '<i', track_order: true });
  }
  if (labels.every((label) => typeof label === 'number')) {
    const data = Float64Array.from(labels as readonly number[]);
    return group.create_dataset({ name, data, shape, dtype: '<d', track_order: true });
  }
  // The letters of types are h5wasm's own (d: 64 bits); S without a length: strings of any length, UTF-8.
  return group.create_dataset({ name, data: labels.map(String), shape, dtype: 'S', track_order: true });
}

/**
 * Reads InferenceData from the bytes of a NetCDF-4 file, as ArviZ and `toNetcdf` write them.
 *
 * @param name of the file, for errors
 * @throws Error when the bytes are not NetCDF-4, are truncated, or hold something else than InferenceData
 */
export async function readNetcdf(name: string, bytes: Uint8Array): Promise<InferenceData> {
  const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
  if (!signature.every((byte, i) => bytes[i] === byte)) {
    const found =
      bytes.length >= 3 && String.fromCharCode(...bytes.subarray(0, 3)) === 'CDF'
        ? 'NetCDF-3'
        : 'something else';
    throw new Error(`${name}: expected NetCDF-4 (HDF5), found ${found}`);
  }
  const { h5, files } = await library();
  const path = `/credence-${counter++}.nc`;
  files.writeFile(path, bytes);
  try {
    const file = open(h5, path, name);
    try {
      const present = GROUPS.filter((group) => file.keys().includes(group));
      if (!present.includes('posterior')) {
        throw new Error(
          `${name}: expected a group 'posterior', found ${file.keys().join(', ') || 'nothing'}`,
        );
      }
      return Object.fromEntries(
        present.map((group) => [
          group,
          readGroup(h5, file.get(group) as H5.Group, `${name}: group ${group}`),
        ]),
      );
    } finally {
      file.close();
    }
  } finally {
    files.unlink(path);
  }
}

function open(h5: typeof H5, path: string, name: string): H5.File {
  let file: H5.File | undefined;
  let reason = '';
  try {
    file = new h5.File(path, 'r');
  } catch (error) {
    // The innermost of HDF5's complaints says what is wrong.
    const complaints = [...String((error as Error).message).matchAll(/in \w+\(\): (.*)/g)];
    reason = `: ${complaints.at(-1)?.[1] ?? 'no reason given'}`;
  }
  // A negative handle says that HDF5 could not open it.
  if (file === undefined || file.file_id <= 0n) {
    throw new Error(`${name}: HDF5 cannot open it${reason}`);
  }
  return file;
}

function readGroup(h5: typeof H5, group: H5.Group, where: string): Dataset {
  const variables: Record<string, Variable> = {};
  const coords: Record<string, Labels> = {};
  for (const name of group.keys()) {
    const entity = group.get(name);
    if (!(entity instanceof h5.Dataset)) continue;
    if (entity.get_scale_name() !== null) {
      const value = entity.value as unknown as ArrayLike<string | number | bigint>;
      coords[name] = Array.from(value, (label) => (typeof label === 'bigint' ? Number(label) : label));
      continue;
    }
    const shape = entity.shape ?? [];
    const dims = shape.map((_, axis) => {
      const [scale] = entity.get_attached_scales(axis);
      return scale === undefined ? `${name}_dim_${axis}` : scale.slice(scale.lastIndexOf('/') + 1);
    });
    const { value } = entity;
    const raw = typeof value === 'number' || typeof value === 'bigint' ? [value] : value;
    if (raw === null || typeof raw !== 'object' || !('length' in raw)) {
      throw new Error(`${where}: variable '${name}': expected numbers, found ${String(entity.dtype)}`);
    }
    const values = raw instanceof Float64Array ? raw : Float64Array.from(raw as ArrayLike<number>, Number);
    const type = entity.attrs.dtype?.value === 'bool' ? 'bool' : 'float';
    variables[name] = { dims, shape, values, type };
  }
  const attrs = Object.entries(group.attrs)
    .map(([name, attribute]): [string, unknown] => [name, attribute.value])
    .filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1]));
  return { variables, coords: withoutCounting(coords), attrs: Object.fromEntries(attrs) };
}

/** Dimensions without labels count from 0, here as in xarray. */
function withoutCounting(coords: Record<string, Labels>): Record<string, Labels> {
  return Object.fromEntries(
    Object.entries(coords).filter(([, labels]) => labels.some((label, i) => label !== i)),
  );
}
