/** Hands the draws to the user as a file; the formats are loaded when they are wanted. */
import type { Fit } from 'credence';

export type Format = 'nc' | 'parquet' | 'json';

export async function download(fit: Fit, model: string, format: Format): Promise<void> {
  const content = await contentOf(fit, model, format);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  link.download = `${model.toLowerCase().replace(/\W+/g, '-')}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function contentOf(fit: Fit, model: string, format: Format): Promise<BlobPart> {
  const files = await import('credence/files');
  switch (format) {
    case 'nc':
      return files.toNetcdf(files.inferenceData(fit));
    case 'parquet':
      return files.toParquet(fit);
    case 'json':
      return [...files.drawsJson(fit, { model })].join('');
  }
}
