import { describe, expect, it } from 'vitest';
import { PREVIEW_SHARES } from '../../../shared/preview';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings';
import {
  AUTOMATIC,
  cacheOptions,
  jobsOptions,
  rescanOptions,
  SHARE_OPTIONS,
} from './setting-options';

const isSetting = (change: object) =>
  settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...change }).success;

describe('the options of the settings', () => {
  it('are all that the library takes', () => {
    for (const { value } of rescanOptions(30)) {
      expect(isSetting({ rescanMinutes: Number(value) })).toBe(true);
    }
    const counts = jobsOptions().filter(({ value }) => value !== AUTOMATIC);
    expect(counts.map(({ value }) => Number(value))).toEqual(
      [...Array(16).keys()].map((n) => n + 1),
    );
    expect(isSetting({ jobsPerVolume: counts.length })).toBe(true);
    expect(isSetting({ jobsPerVolume: counts.length + 1 })).toBe(false);
    expect(SHARE_OPTIONS.map(({ value }) => value)).toEqual([...PREVIEW_SHARES]);
    for (const { value } of cacheOptions(10_000_000_000)) {
      expect(isSetting({ previewCacheBytes: Number(value) })).toBe(true);
    }
  });

  it('hold what is set now, also where it was set elsewhere', () => {
    expect(rescanOptions(30).map(({ label }) => label)).toContain('Every 30 min');
    for (const options of [rescanOptions(7), cacheOptions(7)]) {
      const values = options.map(({ value }) => Number(value));
      expect(values).toContain(7);
      expect([...values].sort((a, b) => a - b)).toEqual(values);
    }
  });
});
