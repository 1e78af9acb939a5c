import type { LucideIcon } from 'lucide-react';
import type { Services } from '../../services';

/** Headings of the palette, in their order. */
export const COMMAND_GROUPS = [
  'Player',
  'Selected video',
  'Edit',
  'Jobs',
  'Problems',
  'Folders',
  'Go to',
  'View',
] as const;
type CommandGroup = (typeof COMMAND_GROUPS)[number];

interface CommandLook {
  /** Stays the same as long as it does the same. */
  id: string;
  title: string;
  /** A word on how it stands, beside the title. */
  detail?: string;
  group: CommandGroup;
  icon: LucideIcon;
  /** Other words that people look for it by. */
  keywords?: readonly string[];
  /** Key that does it everywhere in the window, together with the platform's modifier. */
  key?: string;
  /** Key that does it alone, where it can be done, as it is written. */
  plainKey?: string;
}

/** Something that a person can have done. */
export interface Action extends CommandLook {
  run: (services: Services) => void;
}

/** Something that needs one more choice. */
export interface Choice extends CommandLook {
  choices: readonly Action[];
}

export type Command = Action | Choice;
