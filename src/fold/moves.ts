/** Operations that move elements and change none: where each element of the result comes from. */
import type { Expression } from '../expr';

export function isMove({ op }: Expression): boolean {
  return op.name === 'gather' || op.name === 'expand' || op.name === 'slice' || op.name === 'transpose';
}

/** Nodes that move elements alike have one key. */
export function moveKey(node: Expression): string {
  if (node.op.name === 'gather') return `gather ${node.inputs[1].id} ${node.attributes.inner}`;
  return `${node.op.name} ${Object.values(node.attributes).join()} ${node.shape.join()}`;
}

/** For each element of a node that moves elements, the position of that of its first input. */
export function movesOf(node: Expression): Int32Array {
  const { attributes, inputs } = node;
  if (node.op.name === 'gather' && attributes.inner === 1) return inputs[1].values as Int32Array;
  const positions = new Int32Array(node.size);
  let at = 0;
  switch (node.op.name) {
    case 'gather':
      for (const place of inputs[1].values!)
        for (let j = 0; j < attributes.inner; j++) positions[at++] = place * attributes.inner + j;
      break;
    case 'transpose': {
      const [columns, rows] = node.shape;
      for (let c = 0; c < columns; c++) for (let r = 0; r < rows; r++) positions[at++] = r * columns + c;
      break;
    }
    default: {
      // Of a slice, positions from a start on; of a stretched axis, always the only one.
      const { outer, length, inner, start = 0, count = length } = attributes;
      const [extent, step] = node.op.name === 'slice' ? [length, 1] : [1, 0];
      for (let o = 0; o < outer; o++)
        for (let l = 0; l < count; l++)
          for (let i = 0; i < inner; i++) positions[at++] = (o * extent + start + l * step) * inner + i;
    }
  }
  return positions;
}
