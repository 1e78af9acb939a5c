import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication } from 'playwright';
import { VitrineApp, type Workplace } from '../fixtures/vitrine-app';

/** The app on one library: open, closed, or killed. */
export class AppSession {
  readonly #place: Workplace;
  #app: VitrineApp | null = null;

  constructor(place: Workplace) {
    this.#place = place;
  }

  /** The open app; it is started unless it runs. */
  async open(): Promise<VitrineApp> {
    this.#app ??= await VitrineApp.launch(this.#place);
    return this.#app;
  }

  /** Starts the app without waiting for anything that comes after its main process. */
  start(): Promise<ElectronApplication> {
    return VitrineApp.start(this.#place);
  }

  /** The app that was started is the open one as soon as it has its window. */
  async takeOver(electron: ElectronApplication): Promise<void> {
    this.#app = await VitrineApp.of(electron);
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }

  /** Waits until a main process that was told to end, or killed, is gone. */
  async exited(main: ChildProcess): Promise<void> {
    if (main.exitCode === null && main.signalCode === null) await once(main, 'exit');
    this.#app = null;
  }
}
