import { describe, expect, it } from 'vitest';
import type { JobProgress } from '../../shared/job';
import { ProgressMeter } from './progress-meter';

const at = (
  done: number,
  total: number | null,
  phase: JobProgress['phase'] = 'probing',
): JobProgress => ({
  phase,
  done,
  total,
  currentItem: 'a.mp4',
  problems: 0,
  quick: null,
});

describe('ProgressMeter', () => {
  it('knows nothing before the first report', () => {
    expect(new ProgressMeter().fields()).toBeNull();
  });

  it('has no progress while the total is unknown', () => {
    const meter = new ProgressMeter();
    meter.report(at(10, null, 'listing'), 0);
    expect(meter.fields()).toMatchObject({
      progress: null,
      done: 10,
      total: null,
      etaSeconds: null,
    });
  });

  it('is complete when there is nothing to do', () => {
    const meter = new ProgressMeter();
    meter.report(at(0, 0), 0);
    expect(meter.fields()?.progress).toBe(1);
  });

  it('gives no rate before it has a second and a half of history', () => {
    const meter = new ProgressMeter();
    meter.report(at(0, 100), 0);
    meter.report(at(50, 100), 1_000);
    expect(meter.fields()).toMatchObject({ ratePerSecond: null, etaSeconds: null, progress: 0.5 });
  });

  it('converges to a steady rate and derives the remaining seconds from it', () => {
    const meter = new ProgressMeter();
    for (let second = 0; second <= 10; second++)
      meter.report(at(second * 100, 2_000), second * 1_000);
    const fields = meter.fields();
    expect(fields?.ratePerSecond).toBeCloseTo(100);
    expect(fields?.etaSeconds).toBeCloseTo(10);
  });

  it('begins a new history with each phase', () => {
    const meter = new ProgressMeter();
    for (let second = 0; second <= 5; second++)
      meter.report(at(second, null, 'listing'), second * 1_000);
    meter.report(at(5, 10, 'probing'), 6_000);
    expect(meter.fields()?.ratePerSecond).toBeNull();
  });

  it('gives the quick level of a scan a rate and a time of its own', () => {
    const meter = new ProgressMeter();
    const report = (second: number, total: number | null) => {
      const quick = { discovered: 1_000, done: second * 100 };
      meter.report({ ...at(second, total), quick }, second * 1_000);
    };
    for (let second = 0; second <= 4; second++) report(second, null);
    expect(meter.fields()?.quick).toMatchObject({ discovered: 1_000, done: 400, etaSeconds: null });
    for (let second = 5; second <= 8; second++) report(second, 1_000);
    const fields = meter.fields();
    expect(fields?.ratePerSecond).toBeCloseTo(1);
    expect(fields?.quick?.ratePerSecond).toBeCloseTo(100);
    expect(fields?.quick?.etaSeconds).toBeCloseTo(2);
    for (let second = 9; second <= 10; second++) report(second, 1_000);
    expect(meter.fields()?.quick).toMatchObject({ done: 1_000, ratePerSecond: null });
  });

  it('never reports a negative rate when a count goes back', () => {
    const meter = new ProgressMeter();
    meter.report(at(100, 200), 0);
    meter.report(at(50, 200), 5_000);
    expect(meter.fields()?.ratePerSecond).toBe(0);
    expect(meter.fields()?.etaSeconds).toBeNull();
  });
});
