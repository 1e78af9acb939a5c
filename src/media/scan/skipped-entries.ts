/** Folders that systems, servers and tools keep for themselves. Compared in lower case; names with a dot in front are skipped anyway. */
const SYSTEM_FOLDERS = new Set([
  // Windows
  '$recycle.bin',
  'recycler',
  'system volume information',
  '$windows.~bt',
  '$windows.~ws',
  'windows.old',
  // Linux
  'lost+found',
  // Servers of Synology and QNAP
  '@eadir',
  '@tmp',
  '@recycle',
  '@recently-snapshot',
  '#recycle',
  '#snapshot',
  // macOS, as it appears on foreign drives
  'network trash folder',
  'temporary items',
  '__macosx',
  // Packages of source trees
  'node_modules',
]);

/** Folders that macOS shows as one document: what is inside belongs to a program, not to the person. */
const BUNDLE_FOLDER =
  /\.(app|bundle|framework|plugin|kext|photoslibrary|photolibrary|aplibrary|migratedphotolibrary|fcpbundle|fcpcache|imovielibrary|imovieproject|theater|tvlibrary|musiclibrary|lrdata|lrlibrary|cocatalog|cosessiondb|dvdmedia|backupdb|sparsebundle|xcodeproj|rtfd|pkg)$/i;

export function isSkippedFolder(name: string): boolean {
  return isHidden(name) || SYSTEM_FOLDERS.has(name.toLowerCase()) || BUNDLE_FOLDER.test(name);
}

/** Hidden files, among them the `._name` companions in which macOS keeps metadata on foreign drives. */
export function isSkippedFile(name: string): boolean {
  return isHidden(name);
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}
