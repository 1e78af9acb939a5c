import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings';
import { AUTOMATIC, jobsOptions, rescanOptions } from './setting-options';

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
  });

  it('hold what is set now, also where it was set elsewhere', () => {
    expect(rescanOptions(30).map(({ label }) => label)).toContain('Every 30 min');
    const values = rescanOptions(7).map(({ value }) => Number(value));
    expect(values).toContain(7);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
  });
});
