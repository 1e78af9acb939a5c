/** The rule of the contract's `extensionSchema`, which the page does not load; a test holds the two together. */
const EXTENSION = /^[a-z0-9][a-z0-9_-]{0,15}$/;

interface ParsedExtensions {
  /** Lower case, without the dot, each once. */
  extensions: string[];
  /** What cannot be an extension, as it was typed. */
  invalid: string[];
}

/** Reads what a person typed, for example `.xyz, CAM`: separated by commas, semicolons or spaces. */
export function parseExtensions(text: string): ParsedExtensions {
  const extensions = new Set<string>();
  const invalid = new Set<string>();
  for (const word of text.split(/[\s,;]+/).filter(Boolean)) {
    const extension = word.replace(/^\.+/, '').toLowerCase();
    if (EXTENSION.test(extension)) extensions.add(extension);
    else invalid.add(word);
  }
  return { extensions: [...extensions], invalid: [...invalid] };
}
