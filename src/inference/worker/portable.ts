/** What of a target can be sent to a worker. */

import type { Target } from '../../target/target';
import type { PortableDensity } from './protocol';

/** Undefined where it cannot leave its thread. */
export function portable(target: Target): PortableDensity | undefined {
  const { dimension } = target;
  switch (target.kind) {
    case 'program':
      return { kind: 'program', dimension, program: target.program };
    case 'module':
      return { kind: 'module', dimension, url: target.url, exportName: target.exportName };
    case 'function':
      return undefined;
  }
}
