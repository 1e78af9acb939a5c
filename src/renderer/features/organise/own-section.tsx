import { Heart } from 'lucide-react';
import type { VideoDetail } from '../../../shared/media';
import { useServices } from '../../services';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/icon-button';
import { Section } from '../inspector/section';
import { applyEdit } from './edits';
import { LabelDots } from './label-dots';
import { CollectionEditor, TagEditor } from './named-editors';
import { NoteEditor } from './note-editor';
import { RatingStars } from './rating-stars';

/** What the person says of a video; each change is one step of undo. */
export function OwnSection({ video }: { video: VideoDetail }) {
  const services = useServices();
  const selection = { ids: [video.id] };
  return (
    <Section title="Yours">
      <div className="flex items-center justify-between">
        <RatingStars
          rating={video.rating}
          onRate={(rating) => void applyEdit(services, { type: 'rate', selection, rating })}
        />
        <IconButton
          icon={Heart}
          label="Favourite"
          aria-pressed={video.favourite}
          onClick={() =>
            void applyEdit(services, {
              ...{ type: 'favourite', selection },
              favourite: !video.favourite,
            })
          }
          className={classes(video.favourite && '[&_svg]:fill-current')}
        />
      </div>
      <LabelDots
        label={video.label}
        onLabel={(label) => void applyEdit(services, { type: 'label', selection, label })}
      />
      <TagEditor videoId={video.id} names={video.tags} />
      <CollectionEditor videoId={video.id} names={video.collections} />
      <NoteEditor
        key={video.note}
        note={video.note}
        onSave={(note) => void applyEdit(services, { type: 'note', selection, note })}
      />
    </Section>
  );
}
