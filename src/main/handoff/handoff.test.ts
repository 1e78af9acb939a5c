import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { FolderGrants } from '../ipc/folder-grants';
import { endpointOf } from './endpoint';
import { connectToApp } from './handoff-client';
import { type HandoffServer, type HandoffTarget, listenForHandoff } from './handoff-server';

let library: string;
let server: HandoffServer;
let submitted: unknown[];

beforeEach(() => {
  library = mkdtempSync(join(tmpdir(), 'vitrine-handoff-'));
  submitted = [];
  const queue = {
    submit: async (_procedure: string, target: unknown) => {
      submitted.push(target);
      return { jobId: 'job-1' };
    },
    get: async (jobId: string) => {
      throw new VitrineError('JOB_NOT_FOUND', jobId);
    },
  };
  const ask = async (name: string, request: unknown) => {
    submitted.push([name, request]);
    return { editId: 1 };
  };
  const target = { queue, ask } as unknown as HandoffTarget;
  server = listenForHandoff(library, target, new FolderGrants());
});
afterEach(() => {
  server.close();
  rmSync(library, { recursive: true });
});

/** Listening begins asynchronously: asks until somebody answers. */
async function connected(onUpdate: (status: JobStatus) => void = () => {}) {
  for (;;) {
    const app = await connectToApp(library, onUpdate);
    if (app) return app;
  }
}

describe('handing a scan to the running app', () => {
  it('finds nobody when no app has the library open', async () => {
    expect(await connectToApp(library, () => {})).toBeNull();
  });

  it('submits a folder and carries typed errors', async () => {
    server.open();
    const app = await connected();
    expect(await app.call('submitScan', { path: library })).toEqual({ jobId: 'job-1' });
    expect(submitted).toEqual([{ path: library }]);
    await expect(app.call('submitScan', { path: join(library, 'none') })).rejects.toMatchObject({
      code: 'PATH_NOT_A_FOLDER',
    });
    await expect(app.call('getJob', { jobId: 'x' })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    });
    await expect(app.call('submitScan', { path: 7 as never })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    app.close();
  });

  it('imports a file that the command line names', async () => {
    server.open();
    const app = await connected();
    expect(await app.call('importUserData', { path: '/a.json' })).toEqual({ editId: 1 });
    const request = { path: '/a.json', request: expect.any(String) };
    expect(submitted).toEqual([['importUserData', request]]);
    app.close();
  });

  it('tells job updates to who follows', async () => {
    server.open();
    const update = new Promise<JobStatus>((resolve) => {
      void connected(resolve).then(async (app) => {
        await app.call('submitScan', { path: library });
        server.announce({ jobId: 'job-1', state: 'running' } as JobStatus);
      });
    });
    expect(await update).toMatchObject({ jobId: 'job-1', state: 'running' });
  });

  it('tells the command line when the app goes away', async () => {
    server.open();
    const app = await connected();
    const gone = new Promise<void>((resolve) => app.onClose(resolve));
    server.close();
    await gone;
    await expect(app.call('submitScan', { path: library })).rejects.toMatchObject({
      code: 'WORKER_CRASHED',
    });
  });

  it('cuts off a peer that does not speak JSON lines', async () => {
    server.open();
    (await connected()).close();
    const socket = createConnection(endpointOf(library));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await ended;
  });
});
