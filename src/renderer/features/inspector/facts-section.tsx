import type { VideoDetail } from '../../../shared/media';
import { containerName } from '../../format/codec';
import { formatDateTime } from '../../format/date';
import { formatDuration } from '../../format/duration';
import { formatBitRate, formatSize } from '../../format/size';
import { FactList, knownFacts } from '../../ui/fact-list';
import { Section } from './section';
import { locationWords, pictureWords } from './stream-words';

/** The file as a whole: what it is, when and where it was made. */
export function FactsSection({ video }: { video: VideoDetail }) {
  const file = knownFacts([
    ['Title', video.title],
    ['Duration', video.durationSeconds === null ? null : formatDuration(video.durationSeconds)],
    ['Picture', pictureWords(video)],
    ['HDR', video.hdr],
    ['Container', video.container === null ? null : containerName(video.container)],
    ['Size', formatSize(video.sizeBytes)],
    ['Bit rate', video.bitRate === null ? null : formatBitRate(video.bitRate)],
    ['Modified', formatDateTime(video.mtimeMs)],
    ['Added', formatDateTime(video.addedAtMs)],
  ]);
  const recording = knownFacts([
    ['Recorded', video.recordedAtMs === null ? null : formatDateTime(video.recordedAtMs)],
    ['Camera', [video.cameraMake, video.cameraModel].filter(Boolean).join(' ')],
    ['Place', video.location === null ? null : locationWords(video.location)],
    ['Timecode', video.timecode],
  ]);
  return (
    <>
      <Section title="File">
        <FactList facts={file} />
      </Section>
      {recording.length > 0 && (
        <Section title="Recording">
          <FactList facts={recording} />
        </Section>
      )}
    </>
  );
}
