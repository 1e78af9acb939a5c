/** Size of a picture inside a 16:9 frame, as percentages: never cropped, never stretched. */
export function pictureInFrame(
  width: number | null,
  height: number | null,
): { widthPercent: number; heightPercent: number } {
  if (!width || !height) return { widthPercent: 100, heightPercent: 100 };
  const relative = width / height / (16 / 9);
  // A sliver would not be seen as a picture any more.
  return relative >= 1
    ? { widthPercent: 100, heightPercent: Math.max(8, 100 / relative) }
    : { widthPercent: Math.max(8, 100 * relative), heightPercent: 100 };
}
