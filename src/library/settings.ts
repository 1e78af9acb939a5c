import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsChange,
  settingsChangeSchema,
} from '../shared/settings';
import type { Connection } from './connection';

/** The person's settings, a row each with its value as JSON. */
export class SettingsTable {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** What cannot be read, because another version wrote it, counts as not set. */
  get(): Settings {
    let settings = DEFAULT_SETTINGS;
    for (const { key, value } of this.#statements.all.all()) {
      const stored = settingsChangeSchema.safeParse({ [key]: parsed(value) });
      if (stored.success) settings = { ...settings, ...stored.data };
    }
    return settings;
  }

  /** Answers all settings as they are then. */
  change(change: SettingsChange): Settings {
    for (const [key, value] of Object.entries(change)) {
      this.#statements.put.run(key, JSON.stringify(value));
    }
    return this.get();
  }
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // counts as not set
  }
}

function prepareStatements(database: Connection) {
  return {
    all: database.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings'),
    put: database.prepare(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  };
}
