/** What the full build exports; pointers are byte offsets into its memory. */

import type { Exports } from './exports';

export type FullExports = Exports;
