import { userDataText } from '../user-data/user-data-text';
import { EXIT } from './exit-codes';
import { EXPORT_WRITERS } from './export-formats';
import type { Output } from './output';
import { eachVideo, withLibrary } from './read-library';
import type { ExportFormat, Wanted } from './usage';

export async function exportLibrary(
  options: Wanted & { format: ExportFormat },
  libraryPath: string,
  output: Output,
): Promise<number> {
  const writer = EXPORT_WRITERS[options.format];
  await withLibrary(libraryPath, async (library) => {
    let separator = '';
    await output.text(writer.head);
    for await (const video of eachVideo(library, options)) {
      const entry = writer.entry(video);
      if (entry === null) continue;
      await output.text(separator + entry);
      separator = writer.separator;
      if (output.broken) return;
    }
    await output.text(writer.tail);
  });
  return EXIT.done;
}

/** What the person said of videos, in the text that `import` takes. */
export async function exportUserData(libraryPath: string, output: Output): Promise<number> {
  await withLibrary(libraryPath, async (library) => {
    for await (const part of userDataText(library, new Date())) {
      await output.text(part);
      if (output.broken) return;
    }
  });
  return EXIT.done;
}
