import { MousePointerClick } from 'lucide-react';
import { Fragment } from 'react';
import { useApp } from '../../services';
import { MessagePage } from '../../ui/message-page';
import { OwnSection } from '../organise/own-section';
import { CopiesSection } from './copies-section';
import { FactsSection } from './facts-section';
import { InspectorHeader } from './inspector-header';
import { InspectorPicture } from './inspector-picture';
import { ChaptersSection, ProblemSection, StreamsSection } from './sections';
import { useVideoDetail } from './use-video-detail';
import { VerificationSection } from './verification-section';

/** All that is known of the selected video. */
export function Inspector() {
  const selectedId = useApp((state) => state.selectedId);
  if (selectedId === null) {
    return (
      <MessagePage icon={MousePointerClick} title="No video selected">
        Select one to see what is in it.
      </MessagePage>
    );
  }
  return <VideoDetailView id={selectedId} />;
}

function VideoDetailView({ id }: { id: number }) {
  const video = useVideoDetail(id);
  if (video === null) return null;
  return (
    <Fragment key={video.id}>
      <InspectorPicture video={video} />
      <InspectorHeader video={video} />
      {video.problem && <ProblemSection problem={video.problem} />}
      <OwnSection video={video} />
      <FactsSection video={video} />
      {video.copies.length > 0 && <CopiesSection copies={video.copies} />}
      {(video.state === 'ok' || video.verification) && <VerificationSection video={video} />}
      {video.streams.length > 0 && <StreamsSection streams={video.streams} />}
      {video.chapters.length > 0 && <ChaptersSection chapters={video.chapters} />}
    </Fragment>
  );
}
