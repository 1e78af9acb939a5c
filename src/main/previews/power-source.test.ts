import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ManualTimers } from '../testing/manual-timers';
import { isOnBatteryByKernel, PowerSource } from './power-source';

const settled = () => new Promise(setImmediate);

async function source(look: () => Promise<boolean | null>) {
  const timers = new ManualTimers();
  const told: boolean[] = [];
  const power = new PowerSource({ look, timers, onChange: () => told.push(power.isOnBattery) });
  await power.start();
  return { power, timers, told };
}

describe('the power source', () => {
  it('is looked at again and again, and its changes are told', async () => {
    let isOnBattery = true;
    const { timers, told } = await source(async () => isOnBattery);
    timers.advance(15_000);
    await settled();
    isOnBattery = false;
    timers.advance(15_000);
    await settled();
    expect(told).toEqual([true, false]);
  });

  it('is what the system tells where it cannot be looked at', async () => {
    const { power, timers, told } = await source(async () => null);
    power.tell(true);
    timers.advance(15_000);
    await settled();
    expect(told).toEqual([true]);
  });

  it('is looked at again after a look that failed', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let looks = 0;
    const { power, timers } = await source(async () => {
      if (++looks === 1) throw new Error('busy');
      return true;
    });
    expect(power.isOnBattery).toBe(false);
    timers.advance(15_000);
    await settled();
    expect(power.isOnBattery).toBe(true);
  });

  it('is nobody’s business after the end', async () => {
    const { power, timers, told } = await source(async () => false);
    power.stop();
    power.tell(true);
    expect(timers.delays).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('what Linux says of its power supplies', () => {
  const mains = (online: string) => ({ type: 'Mains', online });
  const battery = (status: string, more = {}) => ({ type: 'Battery', status, ...more });

  it.each<[what: string, supplies: Record<string, Record<string, string>>, answer: boolean | null]>(
    [
      ['nothing of a desktop', {}, null],
      ['mains where that is connected', { AC: mains('1'), BAT0: battery('Charging') }, false],
      [
        'mains with two of which one is',
        { A: mains('0'), B: mains('1'), C: battery('Full') },
        false,
      ],
      ['a battery that is used', { AC: mains('0'), BAT0: battery('Discharging') }, true],
      ['a battery that is full, by a plug it does not list', { BAT0: battery('Full') }, false],
      ['the one of two batteries', { BAT0: battery('Full'), BAT1: battery('Discharging') }, true],
      ['nothing by a mouse', { mouse: battery('Discharging', { scope: 'Device' }) }, null],
    ],
  )('is %s', async (_what, supplies, answer) => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-power-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, files] of Object.entries(supplies)) {
      await mkdir(join(folder, name));
      for (const [file, text] of Object.entries(files)) {
        await writeFile(join(folder, name, file), `${text}\n`);
      }
    }
    expect(await isOnBatteryByKernel(folder)).toBe(answer);
  });

  it('is nothing where it says nothing', async () => {
    expect(await isOnBatteryByKernel('/nowhere/power_supply')).toBeNull();
  });
});
