/** What a task can ask of the thread that does it. */

export interface TaskHost<N> {
  /** Tells how far it is; what this throws ends the task. */
  news(news: N): void;
  /** Lets other things happen; a task that takes long waits for it some sixty times a second. */
  breathe(): Promise<void>;
}
