import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  CHANNEL_PREFIX,
  CONTRACT_SWITCH,
  type ContractNames,
  DROP_CHANNEL,
} from '../shared/channels';
import type { VitrineBridge } from '../shared/contract';

// Exposes what contract.ts lists, nothing else. The names come from main, which derives them from the contract.

type Member = (argument: never) => unknown;

function invoker(channel: string): Member {
  return (request: unknown) => ipcRenderer.invoke(CHANNEL_PREFIX + channel, request);
}

function subscriber(event: string): Member {
  return (listener: (payload: unknown) => void) => {
    const receive = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(CHANNEL_PREFIX + event, receive);
    return () => {
      ipcRenderer.removeListener(CHANNEL_PREFIX + event, receive);
    };
  };
}

function contractNames(): ContractNames {
  const argument = process.argv.find((value) => value.startsWith(CONTRACT_SWITCH));
  if (!argument) throw new Error('The window was opened without its contract.');
  return JSON.parse(argument.slice(CONTRACT_SWITCH.length)) as ContractNames;
}

function createBridge({ channels, events }: ContractNames): VitrineBridge {
  const bridge: Record<string, Record<string, Member>> = {};
  const add = (name: string, member: Member) => {
    const [space = '', key = ''] = name.split('.');
    bridge[space] ??= {};
    bridge[space][key] = member;
  };
  for (const channel of channels) add(channel, invoker(channel));
  for (const event of events) add(event, subscriber(event));
  // A path reaches main only through a File object of a real drop: the page cannot make one that has a path.
  add('drop.folders', (files: File[]) =>
    ipcRenderer.invoke(DROP_CHANNEL, {
      paths: files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    }),
  );
  return bridge as unknown as VitrineBridge;
}

contextBridge.exposeInMainWorld('vitrine', createBridge(contractNames()));
