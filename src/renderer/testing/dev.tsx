/**
 * The page in an ordinary browser over made-up data, for working on components:
 * `vite src/renderer` with this project’s plugins, then `/testing/dev.html?videos=20&roots=2&jobs&history&ticks=10`.
 */
import { createRoot } from 'react-dom/client';
import type { ErrorCode } from '../../shared/errors';
import { App } from '../app';
import { startServices } from '../start-services';
import '../styles.css';
import { createFakeBridge, type FakeOptions } from './fake-bridge';
import { fakeHistory, fakeLiveJobs } from './fake-history';
import { fakePictureUrl } from './fake-picture-url';

const ROOTS = [
  '/media/anna/Holiday 2019',
  '/home/anna/Videos/Family archive 1998–2012',
  '/mnt/offline/Studio NAS',
];

const parameters = new URLSearchParams(window.location.search);
const number = (name: string) => Number(parameters.get(name) ?? 0);

function optionsOf(): FakeOptions {
  const failure = parameters.get('failure');
  return {
    videos: number('videos'),
    roots: ROOTS.slice(0, number('roots')),
    found: number('found') || 12_870,
    opening: parameters.has('opening'),
    platform: parameters.has('mac') ? 'darwin' : 'linux',
    history: [
      ...(parameters.has('jobs') ? fakeLiveJobs() : []),
      ...(parameters.has('history') ? fakeHistory() : []),
    ],
    unconfirmedMissing: number('unconfirmed'),
    backups: number('backups'),
    withoutPreviews: number('without-previews'),
    extensions: parameters.get('extensions')?.split(',') ?? [],
    ...(failure && {
      failure: {
        code: failure as ErrorCode,
        message: 'Vitrine could not open library.sqlite.',
        details: { pid: 4711, evidence: '/home/anna/.config/Vitrine/Library/damaged-2026-05-10' },
      },
    }),
  };
}

const bridge = createFakeBridge(optionsOf());
const container = document.getElementById('root');
if (container === null) throw new Error('dev.html has no #root.');
createRoot(container).render(<App services={startServices(bridge, fakePictureUrl)} />);

const perTick = number('ticks');
if (perTick > 0) window.setInterval(() => bridge.advance(perTick), 250);
