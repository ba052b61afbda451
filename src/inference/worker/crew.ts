/** Workers that take one job after another, and stay from one lot of jobs to the next. */

import type { FromWorker, ToWorker } from './protocol';
import { Thread, type WorkerFactory } from './spawn';

/** What the jobs are. */
export interface Work<J> {
  readonly worker: WorkerFactory | undefined;
  /** Script of the workers that are made where there is no factory. */
  readonly source: string;
  /** What each worker is told first. */
  readonly load: ToWorker;
  /** What a worker is told to do a job. */
  order(job: J): ToWorker;
  /** Takes in what a worker says of its job; gives whether the job is done. */
  hear(job: J, message: FromWorker, thread: Thread): boolean;
  /** A job comes to nothing. */
  lost(job: J, why: string): void;
}

/** A living worker, and the job it is at. */
interface Member<J> {
  thread?: Thread;
  ready: boolean;
  job?: J | undefined;
}

/** Milliseconds that workers have to hand over what they have when all must end. */
const GRACE = 500;

export class Crew<J> {
  private readonly members = new Set<Member<J>>();
  private queue: J[] = [];
  private everTaken = false;
  private over = false;
  private settle: { resolve(): void; reject(error: unknown): void } | undefined;
  /** Why the last worker died. */
  reason = '';

  constructor(
    private readonly work: Work<J>,
    private readonly size: number,
  ) {}

  /** Has jobs done, until all are done or lost. Gives those that no worker ever took because none came to life. */
  async bring(jobs: readonly J[]): Promise<readonly J[]> {
    this.queue = [...jobs];
    await new Promise<void>((resolve, reject) => {
      this.settle = { resolve, reject };
      for (const member of this.members) if (member.ready) this.next(member);
      while (this.members.size < Math.min(this.size, jobs.length)) this.hire();
      this.rest();
    });
    this.settle = undefined;
    const untouched = this.queue;
    this.queue = [];
    if (!this.everTaken) return untouched;
    for (const job of untouched) this.work.lost(job, `no worker was left to run it: ${this.reason}`);
    return [];
  }

  /** Drops the jobs that wait, and gives those under way a moment to hand over what they have. */
  halt(): void {
    this.queue = [];
    for (const { thread, job } of this.members) if (job !== undefined) thread?.send({ type: 'stop' });
    this.rest();
    setTimeout(() => this.settle?.resolve(), GRACE);
  }

  /** Ends it all at once, with an error. */
  fail(error: unknown): void {
    this.over = true;
    this.settle?.reject(error);
  }

  close(): void {
    this.over = true;
    for (const { thread } of this.members) thread?.stop();
  }

  private hire(): void {
    const member: Member<J> = { ready: false };
    this.members.add(member);
    Thread.spawn(this.work.worker, this.work.source, {
      message: (message) => {
        if (!this.over && this.members.has(member)) this.guard(() => this.hear(member, message));
      },
      died: (why) => this.died(member, why),
    }).then(
      (thread) => {
        member.thread = thread;
        if (this.over) return thread.stop();
        thread.send(this.work.load);
      },
      (error: unknown) => this.died(member, error instanceof Error ? error.message : String(error)),
    );
  }

  private hear(member: Member<J>, message: FromWorker): void {
    const { work } = this;
    if (message.type === 'ready') {
      member.ready = true;
    } else if (message.type === 'failed') {
      if (!member.ready) return this.died(member, message.message);
      work.lost(member.job!, message.message);
    } else if (!work.hear(member.job!, message, member.thread!)) return;
    this.next(member);
  }

  private next(member: Member<J>): void {
    member.job = this.queue.shift();
    if (member.job === undefined) return this.rest();
    this.everTaken = true;
    member.thread!.send(this.work.order(member.job));
  }

  private died(member: Member<J>, why: string): void {
    if (!this.members.delete(member) || this.over) return;
    this.reason = why;
    if (member.job !== undefined) {
      this.work.lost(member.job, `its worker died: ${why}`);
      // A job was its undoing; those that still wait get another worker.
      if (this.queue.length > 0) this.hire();
    }
    this.rest();
  }

  /** Settles when no job waits that somebody could take, and none is under way. */
  private rest(): void {
    const members = [...this.members];
    if (members.some(({ job }) => job !== undefined)) return;
    if (this.queue.length === 0 || members.length === 0) this.settle?.resolve();
  }

  /** An exception of the caller's own callback ends it all. */
  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }
}
