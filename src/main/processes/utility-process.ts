import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import type { FromUtilityProcess, ToUtilityProcess } from '../../shared/process-messages';
import type { RpcPort } from '../../shared/rpc';
import { rpcPortOfElectron } from '../../shared/rpc-ports';
import type { WorkerProcess } from './supervisor';

/** A utility process that can be given ports. */
export interface ConnectableProcess extends WorkerProcess {
  /** Opens the RPC connection between main and this process. */
  openPort(): RpcPort;
  /** Hands over one end of a channel to another process. */
  sendPeerPort(port: MessagePortMain): void;
}

/** Variables that a utility process needs; everything else of the environment stays out of it. */
const KEPT_VARIABLES = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'SYSTEMROOT',
  'WINDIR',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

/** Forks the built entry `name` (a file beside main's own). */
export function forkUtilityProcess(
  name: 'library' | 'media',
  environment: NodeJS.ProcessEnv = {},
): ConnectableProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, `${name}.js`), [], {
    serviceName: `Vitrine ${name}`,
    // The packaged app's stdout belongs to the command line's answers.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...scrubbedEnvironment(), ...environment },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  }
  const send = (message: ToUtilityProcess, port: MessagePortMain) =>
    child.postMessage(message, [port]);
  return {
    get pid() {
      return child.pid;
    },
    onReady: (listener) => {
      child.on('message', (message: FromUtilityProcess) => {
        if (message.type === 'ready') listener();
      });
    },
    onExit: (listener) => void child.once('exit', listener),
    kill: (force) => {
      if (force && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      else child.kill();
    },
    openPort: () => {
      const { port1, port2 } = new MessageChannelMain();
      send({ type: 'connect' }, port2);
      return rpcPortOfElectron(port1);
    },
    sendPeerPort: (port) => send({ type: 'peer' }, port),
  };
}

function scrubbedEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of KEPT_VARIABLES) {
    if (process.env[name] !== undefined) kept[name] = process.env[name];
  }
  return kept;
}
