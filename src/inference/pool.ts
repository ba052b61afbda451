/** Runs chains in workers: each takes the next chain when it has done with one. */

import type { Run } from './run';
import type { FromWorker, PortableDensity } from './worker/protocol';
import { Thread } from './worker/spawn';

/** A chain that waits to be run: its number, and all there is to it. */
export interface Waiting {
  readonly chain: number;
  readonly state: Uint8Array;
}

/** What every worker is given. */
export interface Load {
  readonly module: WebAssembly.Module;
  readonly density: PortableDensity;
}

/** Milliseconds that workers have to end a batch and hand over their chains when the run must end. */
const GRACE = 500;

/** A living worker, and the chain it is running. */
interface Employee {
  thread?: Thread;
  ready: boolean;
  current?: Waiting;
}

/** Workers that stay from one goal of the run to the next. */
export class Pool {
  private readonly crew = new Set<Employee>();
  private queue: Waiting[] = [];
  private everTaken = false;
  private over = false;
  private settle: { resolve(): void; reject(error: Error): void } | undefined;
  /** Why the last worker died. */
  reason = '';

  constructor(
    private readonly run: Run,
    private readonly load: Load,
    private readonly size: number,
  ) {
    run.whenHalted(() => {
      this.queue = [];
      for (const { thread, current } of this.crew) if (current !== undefined) thread?.send({ type: 'stop' });
      this.rest();
      setTimeout(() => this.settle?.resolve(), GRACE);
    });
  }

  /**
   * Brings chains to the run's goal, until all are there or lost, or the run must end. Returns those that no worker
   * ever took because none came to life.
   */
  async bring(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (this.run.halted) return [];
    this.queue = [...waiting];
    await new Promise<void>((resolve, reject) => {
      this.settle = { resolve, reject };
      for (const employee of this.crew) if (employee.ready) this.next(employee);
      while (this.crew.size < Math.min(this.size, waiting.length)) this.hire();
      this.rest();
    });
    this.settle = undefined;
    const untouched = this.queue;
    this.queue = [];
    if (!this.everTaken) return untouched;
    for (const { chain } of untouched) this.run.fail(chain, `no worker was left to run it: ${this.reason}`);
    return [];
  }

  close(): void {
    this.over = true;
    for (const { thread } of this.crew) thread?.stop();
  }

  private hire(): void {
    const { run, load } = this;
    const employee: Employee = { ready: false };
    this.crew.add(employee);
    Thread.spawn(run.options.worker, {
      message: (message) => {
        if (!this.over && this.crew.has(employee)) this.guard(() => this.hear(employee, message));
      },
      died: (why) => this.died(employee, why),
    }).then(
      (thread) => {
        employee.thread = thread;
        if (this.over) return thread.stop();
        thread.send({
          type: 'load',
          ...load,
          settings: run.settings,
          quantities: run.quantities,
          columns: run.selection.columns,
          interval: run.options.checkpoint?.interval ?? Infinity,
        });
      },
      (error: unknown) => this.died(employee, error instanceof Error ? error.message : String(error)),
    );
  }

  private hear(employee: Employee, message: FromWorker): void {
    const { run } = this;
    switch (message.type) {
      case 'ready':
        employee.ready = true;
        return this.next(employee);
      case 'batch':
        run.add(message.chain, message.batch);
        if (message.state !== undefined) run.save(message.chain, message.state);
        return employee.thread!.send({ type: 'taken' });
      case 'done':
        run.recordings[message.chain].metricRoot = message.metricRoot;
        run.save(message.chain, message.state);
        return this.next(employee);
      case 'failed':
        if (message.chain === undefined) return this.died(employee, message.message);
        run.fail(message.chain, message.message);
        return this.next(employee);
    }
  }

  private next(employee: Employee): void {
    employee.current = this.queue.shift();
    if (employee.current === undefined) return this.rest();
    this.everTaken = true;
    employee.thread!.send({ type: 'run', ...employee.current, draws: this.run.goal });
  }

  private died(employee: Employee, why: string): void {
    if (!this.crew.delete(employee) || this.over) return;
    this.reason = why;
    if (employee.current !== undefined) {
      this.run.fail(employee.current.chain, `its worker died: ${why}`);
      // A chain was its undoing; the chains that still wait get another worker.
      if (this.queue.length > 0) this.hire();
    }
    this.rest();
  }

  /** Settles when no chain waits that somebody could take, and none runs. */
  private rest(): void {
    const crew = [...this.crew];
    if (crew.some(({ current }) => current !== undefined)) return;
    if (this.queue.length === 0 || crew.length === 0) this.settle?.resolve();
  }

  /** An exception of the caller's own callback ends the run. */
  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.over = true;
      this.settle?.reject(error as Error);
    }
  }
}
