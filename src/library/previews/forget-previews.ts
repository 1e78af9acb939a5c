/**
 * The file of `@videoId` is another one now: nothing that was made of it counts any more. The person's choice of a
 * poster stays, its picture is made anew.
 */
export const FORGET_PREVIEWS = `
  UPDATE video_previews SET preview_id = NULL, poster_id = NULL, problem = NULL, poster_failed = 0, edited = 1
  WHERE video_id = @videoId`;
