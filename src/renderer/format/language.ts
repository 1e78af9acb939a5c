/** An ISO 639 code from a file as an English name (`deu` → `German`); null where the file does not say. */
export function languageName(code: string | null): string | null {
  if (code === null || code === '' || code === 'und') return null;
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    // Files carry whatever their maker wrote; what is no language tag is shown as it stands.
    return code;
  }
}
