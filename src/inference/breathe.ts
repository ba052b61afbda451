/** Lets timers, input and messages have their turn between two batches. */

export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
    } else {
      // A message comes at once, where nested timers would wait 4 ms.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (): void => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }
  });
}
