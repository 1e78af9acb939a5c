import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clip, folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

/** Long ago, so that nobody takes a file for one that is still being written. */
const WRITTEN = new Date('2024-01-02T03:04:05Z');

function write(file: string, content: Buffer): void {
  // In place where it is there, so that only its content is another.
  writeFileSync(file, content, { flag: existsSync(file) ? 'r+' : 'w' });
  utimesSync(file, WRITTEN, WRITTEN);
}

/** A folder with a good video and two that cannot be read. */
function folderWithProblems(place: Workplace): string {
  const folder = folderOf(join(place.folder, 'Films'), { 'good.mp4': 'mp4-h264-aac' });
  // As long as a clip, so that the clip can take its place without a change that a scan would see.
  const { size } = statSync(clip('mp4-h264-aac'));
  write(join(folder, 'garbage.mp4'), Buffer.alloc(size, 'not a video '));
  write(join(folder, 'empty.mkv'), Buffer.alloc(0));
  return folder;
}

/** Makes a file readable as a repaired drive would: its size and time stay what they were. */
function mend(file: string): void {
  write(file, readFileSync(clip('mp4-h264-aac')));
}

const rows = (app: VitrineApp) => app.page.getByTestId('problem-row');
const row = (app: VitrineApp, name: string) => app.page.getByRole('article', { name });

async function openProblems(app: VitrineApp, place: Workplace): Promise<string> {
  const folder = folderWithProblems(place);
  await app.scanned(folder);
  await app.shows('Films');
  await app.page.getByRole('button', { name: /^Problems/ }).click();
  await expect(rows(app)).toHaveCount(2);
  return folder;
}

test('a problem is told in words, with its time, and ffprobe’s own words one click away', async ({
  app,
  place,
}) => {
  await openProblems(app, place);
  await expect(row(app, 'empty.mkv')).toContainText('The file is empty');
  await expect(row(app, 'garbage.mp4').getByRole('time')).toContainText('Today');
  await row(app, 'garbage.mp4')
    .getByRole('button', { name: /what ffprobe said/ })
    .click();
  await expect(row(app, 'garbage.mp4')).toContainText('Invalid data found');
  await row(app, 'garbage.mp4').getByRole('button', { name: 'garbage.mp4', exact: true }).click();
  await expect(app.page.getByTestId('inspector')).toContainText('garbage.mp4');
});

test('the keyboard moves through the problems and the inspector follows', async ({
  app,
  place,
}) => {
  await openProblems(app, place);
  const names = await rows(app).evaluateAll((all) =>
    all.map((one) => one.getAttribute('aria-label')),
  );
  const inspector = app.page.getByTestId('inspector');
  await rows(app).first().getByRole('button').first().focus();
  await app.page.keyboard.press('ArrowDown');
  await expect(inspector).toContainText(names[1] ?? '');
  await app.page.keyboard.press('Home');
  await expect(inspector).toContainText(names[0] ?? '');
  await app.page.keyboard.press('Space');
  await expect(app.page.getByTestId('video-count')).toHaveText('1 of 2 selected');
  await app.page.keyboard.press('Tab');
  await expect(
    rows(app)
      .first()
      .getByRole('button', { name: /technical|ffprobe/ }),
  ).toBeFocused();
});

test('a file that can be read now is taken up by reading it again', async ({ app, place }) => {
  const folder = await openProblems(app, place);
  // A scan in the middle of the mending would see another time.
  await app.ask('settings.change', { watchFolders: false });
  mend(join(folder, 'garbage.mp4'));
  const rescan = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(rescan.jobId)).result).toMatchObject({ unchanged: 3, unreadable: 2 });

  await row(app, 'garbage.mp4').getByRole('button', { name: 'Read again' }).click();
  await expect(rows(app)).toHaveCount(1);
  await expect(row(app, 'empty.mkv')).toBeVisible();
  expect((await app.videos()).find(({ name }) => name === 'garbage.mp4')?.state).toBe('ok');
});

test('all problems are read again at once, and stay with a new time when they remain', async ({
  app,
  place,
}) => {
  await openProblems(app, place);
  const before = await app.ask('problems.list', { after: null, limit: 10 });
  await app.page.getByRole('button', { name: 'Read all again' }).click();
  await expect
    .poll(async () => {
      const { problems } = await app.ask('problems.list', { after: null, limit: 10 });
      const newer = problems.filter(({ id, problem }) => {
        const old = before.problems.find((entry) => entry.id === id);
        return old !== undefined && problem.occurredAt > old.problem.occurredAt;
      });
      return newer.length;
    })
    .toBe(2);
  await expect(rows(app)).toHaveCount(2);
});

test('a dismissed problem leaves the list, and the keyboard goes to the next one', async ({
  app,
  place,
}) => {
  const folder = await openProblems(app, place);
  await row(app, 'empty.mkv').getByRole('button', { name: 'empty.mkv', exact: true }).focus();
  await app.page.keyboard.press('Delete');
  await expect(rows(app)).toHaveCount(1);
  await expect(
    row(app, 'garbage.mp4').getByRole('button', { name: 'garbage.mp4', exact: true }),
  ).toBeFocused();
  const { jobId } = await app.ask('scan.start', { path: folder });
  await app.jobEnd(jobId);
  expect((await app.ask('library.summary', {})).counts.problems).toBe(1);
  expect((await app.videos()).find(({ name }) => name === 'empty.mkv')?.state).toBe('unreadable');
});

test('all are dismissed only after a question', async ({ app, place }) => {
  await openProblems(app, place);
  await app.page.getByRole('button', { name: 'Dismiss all…' }).click();
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText('Dismiss all 2 problems?');
  await app.page.keyboard.press('Escape');
  await expect(rows(app)).toHaveCount(2);
  await app.page.getByRole('button', { name: 'Dismiss all…' }).click();
  await question.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(app.page.getByTestId('no-problems')).toBeVisible();
  await expect(app.page.getByRole('button', { name: /^Problems/ })).toHaveText('Problems');
});

test('the report on the selected problems is on the clipboard', async ({ app, place }) => {
  await openProblems(app, place);
  await row(app, 'garbage.mp4').getByRole('checkbox').click();
  await app.page.getByRole('button', { name: 'Copy report' }).click();
  await expect(app.page.getByText('Report on 1 file copied')).toBeVisible();
  const report = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toContain('garbage.mp4');
  expect(report).toContain('Invalid data found');
  expect(report).not.toContain('empty.mkv');
});
