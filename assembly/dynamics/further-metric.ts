/** Where the full build adds a metric to those of `metric.ts`: what it does with its square root S of the inverse metric. */

type Bytes = () => usize;
type Product = (root: usize, from: usize, to: usize) => void;

function noBytes(): usize {
  return unreachable();
}

function absent(root: usize, from: usize, to: usize): void {
  unreachable();
}

let bytes: Bytes = noBytes;
let multiply: Product = absent;
let transposed: Product = absent;
let inverse: Product = absent;

/** Give the bytes of a root, and its products S x, Sᵀ x and S⁻ᵀ x. */
export function extendMetric(rootBytes: Bytes, root: Product, transposedRoot: Product, inverseTransposedRoot: Product): void {
  bytes = rootBytes;
  multiply = root;
  transposed = transposedRoot;
  inverse = inverseTransposedRoot;
}

export function furtherRootBytes(): usize {
  return bytes();
}

export function multiplyFurther(root: usize, x: usize, result: usize): void {
  multiply(root, x, result);
}

export function whitenFurther(root: usize, gradient: usize, force: usize): void {
  transposed(root, gradient, force);
}

export function unwhitenFurther(root: usize, force: usize, gradient: usize): void {
  inverse(root, force, gradient);
}
