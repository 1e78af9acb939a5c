import type { ChildGuard } from './child-guard';
import { ForkServer } from './fork-server';
import type { RunEnd } from './supervise';

/** Servers that nobody needs are let go after so many milliseconds. */
const IDLE_MS = 5000;

/** Fork servers of one program; as many as are asked for at a time. */
export class ForkServers {
  readonly #make: () => ForkServer;
  readonly #idle: ForkServer[] = [];
  #busy = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param words arguments that each run begins with */
  constructor(toolPath: string, words: readonly string[], guard: ChildGuard) {
    this.#make = () => new ForkServer(toolPath, words, guard);
  }

  /**
   * Lends a server for one run.
   * @throws NotForked when there is none
   */
  async use(work: (server: ForkServer) => Promise<RunEnd>): Promise<RunEnd> {
    clearTimeout(this.#timer);
    this.#busy++;
    try {
      const server = this.#take();
      return await work(server).finally(() => this.#takeBack(server));
    } finally {
      this.#busy--;
      if (this.#busy === 0) this.#timer = setTimeout(() => this.#letGo(), IDLE_MS);
    }
  }

  #takeBack(server: ForkServer): void {
    if (server.isFree) this.#idle.push(server);
    else server.end();
  }

  #take(): ForkServer {
    for (let server = this.#idle.pop(); server; server = this.#idle.pop()) {
      if (server.isFree) return server;
    }
    return this.#make();
  }

  #letGo(): void {
    for (const server of this.#idle.splice(0)) server.end();
  }
}
