/** A video's names as they are kept. */
export interface NamedRow {
  folder: string;
  folderBytes: Uint8Array | null;
  name: string;
  nameBytes: Uint8Array | null;
}

/** Path relative to the root, with its bytes where it is not valid UTF-8. */
export function relativePath(row: NamedRow): { path: string; pathBytes: Uint8Array | null } {
  const { folder, folderBytes, name, nameBytes } = row;
  return {
    path: folder === '' ? name : `${folder}/${name}`,
    pathBytes: folderBytes || nameBytes ? joinBytes(row) : null,
  };
}

function joinBytes({ folder, folderBytes, name, nameBytes }: NamedRow): Uint8Array {
  const head = folderBytes ?? Buffer.from(folder);
  const tail = nameBytes ?? Buffer.from(name);
  return folder === '' ? tail : Buffer.concat([head, Buffer.from('/'), tail]);
}
