import { MessageChannelMain } from 'electron';
import type { ConnectableProcess } from './utility-process';

/** Connects the library process and the media process, so that scan rows flow between them without passing through main. */
export class ProcessLink {
  #library: ConnectableProcess | null = null;
  #media: ConnectableProcess | null = null;

  /** @param process null: it is gone */
  setLibrary(process: ConnectableProcess | null): void {
    this.#library = process;
    if (process) this.#connect();
  }

  /** @param process null: it is gone */
  setMedia(process: ConnectableProcess | null): void {
    this.#media = process;
    if (process) this.#connect();
  }

  #connect(): void {
    if (!this.#library || !this.#media) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#library.sendPeerPort(port1);
    this.#media.sendPeerPort(port2);
  }
}
