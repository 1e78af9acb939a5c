import { z } from 'zod';
import { PREVIEW_SHARES } from './preview';

/** A file name extension without the dot, lower case. */
export const extensionSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,15}$/);

/** What the person set for a library; kept in it. */
export const settingsSchema = z.object({
  /** File name extensions that count as video besides the built-in list, from the next scan on. */
  extraExtensions: z.array(extensionSchema).max(100),
  /** Jobs at a time on one drive; null: as many as fit the drive. */
  jobsPerVolume: z.number().int().min(1).max(16).nullable(),
  /** Whether folders are watched for changes. */
  watchFolders: z.boolean(),
  /** Minutes between rescans of a folder that cannot be watched. */
  rescanMinutes: z.number().int().min(1).max(1440),
  /** Whether missing previews are made without being asked for. */
  makePreviews: z.boolean(),
  /** How much of the machine previews may use while they are made. */
  previewShare: z.enum(PREVIEW_SHARES),
  /** Whether previews are made while the machine runs on its battery. */
  previewsOnBattery: z.boolean(),
  /** What the pictures of previews may take on the disk, in bytes. */
  previewCacheBytes: z.number().int().min(100_000_000).max(10_000_000_000_000),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Some settings and what they are to be; the others stay. */
export const settingsChangeSchema = z.strictObject({
  extraExtensions: z.exactOptional(settingsSchema.shape.extraExtensions),
  jobsPerVolume: z.exactOptional(settingsSchema.shape.jobsPerVolume),
  watchFolders: z.exactOptional(settingsSchema.shape.watchFolders),
  rescanMinutes: z.exactOptional(settingsSchema.shape.rescanMinutes),
  makePreviews: z.exactOptional(settingsSchema.shape.makePreviews),
  previewShare: z.exactOptional(settingsSchema.shape.previewShare),
  previewsOnBattery: z.exactOptional(settingsSchema.shape.previewsOnBattery),
  previewCacheBytes: z.exactOptional(settingsSchema.shape.previewCacheBytes),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  extraExtensions: [],
  jobsPerVolume: null,
  watchFolders: true,
  rescanMinutes: 30,
  makePreviews: true,
  previewShare: 'medium',
  previewsOnBattery: false,
  previewCacheBytes: 10_000_000_000,
};
