import { join } from 'node:path';
import { CONTRACT_SWITCH, type ContractNames } from '../src/shared/channels';
import { contract, events } from '../src/shared/contract';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { PROJECT } from './fixtures/vitrine-app';

test('malformed requests come back as INVALID_REQUEST, and nothing happens', async ({ app }) => {
  const malformed: [string, unknown][] = [
    ['scan.start', undefined],
    ['scan.start', {}],
    ['scan.start', { rootId: '1' }],
    ['scan.start', { path: '/tmp', rootId: 1 }],
    ['jobs.get', { jobId: { $ne: null } }],
    ['jobs.list', { limit: -1 }],
    ['videos.page', { index: 0, limit: 100_000 }],
    ['settings.change', { extraExtensions: ['../x'] }],
    ['settings.change', { rescanMinutes: 0 }],
    ['settings.change', { colour: 'red' }],
  ];
  for (const [channel, request] of malformed) {
    expect(await app.call(channel as 'jobs.get', request as never), channel).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST' },
    });
  }
  expect((await app.ask('jobs.list', { limit: 10 })).jobs).toEqual([]);
});

test('the page cannot make a folder of its own choice a root', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  expect(await app.call('scan.start', { path: folder })).toMatchObject({
    ok: false,
    error: { code: 'PATH_NOT_ALLOWED' },
  });
  expect(
    await app.page.evaluate((path) => window.vitrine.drop.folders([new File([], path)]), folder),
  ).toEqual({
    ok: true,
    value: { paths: [] },
  });
  expect((await app.ask('library.summary', {})).roots).toEqual([]);
});

test('an iframe and a foreign window are refused, also when they have the bridge', async ({
  app,
}) => {
  const names: ContractNames = { channels: Object.keys(contract), events: Object.keys(events) };
  const bridge = {
    preload: join(PROJECT, 'out/preload/index.cjs'),
    additionalArguments: [CONTRACT_SWITCH + JSON.stringify(names)],
  };
  const answers = await app.electron.evaluate(async ({ BrowserWindow }, preferences) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        ...preferences,
        sandbox: true,
        contextIsolation: true,
        // Gives the bridge to frames, which the app's own window never does.
        nodeIntegrationInSubFrames: true,
      },
    });
    await window.loadURL('app://vitrine/index.html');
    const ask = 'window.vitrine.jobs.list({ limit: 1 })';
    const fromWindow = await window.webContents.executeJavaScript(ask);
    // Our own page allows no frames at all, so a bare one holds the frame.
    await window.loadURL('data:text/html,<iframe src="data:text/html,frame"></iframe>');
    const [frame] = window.webContents.mainFrame.frames;
    const fromFrame = await frame?.executeJavaScript(ask);
    window.destroy();
    return { fromWindow, fromFrame };
  }, bridge);
  expect(answers.fromWindow).toMatchObject({ ok: false, error: { code: 'FORBIDDEN_SENDER' } });
  expect(answers.fromFrame).toMatchObject({ ok: false, error: { code: 'FORBIDDEN_SENDER' } });
});

test('the page has the contract and nothing of Node', async ({ app }) => {
  const seen = await app.page.evaluate(() => ({
    spaces: Object.keys(window.vitrine).sort(),
    scan: Object.keys(window.vitrine.scan),
    node: ['require', 'process', 'Buffer', 'module', 'global'].filter((name) => name in window),
  }));
  expect(seen).toEqual({
    spaces: [
      ...['app', 'backups', 'collections', 'drop', 'history', 'jobs', 'library', 'player'],
      ...['previews', 'problems', 'query', 'roots', 'savedFilters', 'scan', 'settings', 'tags'],
      ...['userData', 'verify', 'videos', 'watch'],
    ],
    scan: ['start'],
    node: [],
  });
});
