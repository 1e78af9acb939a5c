import type { LibraryApi } from '../../shared/library-protocol';

/** Asks the library; waits while it opens or its process is started again. */
export type AskLibrary = <Name extends keyof LibraryApi['procedures'] & string>(
  name: Name,
  request: LibraryApi['procedures'][Name]['request'],
) => Promise<LibraryApi['procedures'][Name]['response']>;
