/** The world as the command sees it. `processIo` is the real one. */
export interface CommandIo {
  readFile(path: string): Promise<string>;
  readStdin(): Promise<string>;
  /** Resolves when the text has left the process: leaving earlier would cut off what a slow reader still waits for. */
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
}
