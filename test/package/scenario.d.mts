/** Types of the scenario that runs in Node and in browsers. */
export function digests(credence: unknown, workerCounts: readonly number[]): Promise<Record<string, string>>;
