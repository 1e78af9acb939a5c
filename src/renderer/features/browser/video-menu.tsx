import { ExternalLink, FolderOpen, ImagePlay, Play, ShieldCheck } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import type { MouseEvent, ReactNode } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { useApp, useServices } from '../../services';
import { showError } from '../../ui/error-toast';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR, MENU_SHORTCUT } from '../../ui/menu';
import { useAfterClose } from '../../ui/use-after-close';
import { verifyVideos } from '../jobs/start-jobs';
import { remakePreview } from '../previews/remake-preview';
import type { VideoList } from './use-video-list';
import { VIDEO_LIST_ID } from './video-list-focus';

/** Right-click on a video of the grid or the table shows what can be done with it; it is selected then. */
export function VideoMenu({ list, children }: { list: VideoList; children: ReactNode }) {
  const { videos } = useServices();
  const select = useApp((state) => state.select);
  const selectedId = useApp((state) => state.selectedId);
  const afterClose = useAfterClose();
  const index = selectedId === null ? null : (videos.shown?.indexOf(selectedId) ?? null);
  const video = index === null ? undefined : list.row(index);

  const onContextMenu = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const pointed = target?.closest<HTMLElement>('[data-video-id]')?.dataset['videoId'];
    // The keyboard's menu key comes from the list itself and means the selected video.
    if (pointed !== undefined)
      select(Number(pointed), videos.shown?.indexOf(Number(pointed)) ?? null);
    else if (target?.id !== VIDEO_LIST_ID || video === undefined) event.preventDefault();
  };

  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={onContextMenu}>
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={MENU_CONTENT}
          collisionPadding={8}
          onCloseAutoFocus={afterClose.onCloseAutoFocus}
        >
          {video && <VideoMenuItems video={video} afterClose={afterClose.afterClose} />}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function VideoMenuItems({
  video: { id, state },
  afterClose,
}: {
  video: VideoSummary;
  afterClose: (run: () => void) => void;
}) {
  const services = useServices();
  const { api, player } = services;
  const platform = useApp((app) => app.info?.platform);
  const isThere = state === 'ok' || state === 'unreadable';
  return (
    <>
      {/* The player takes the keyboard, and so opens when the menu has given it back. */}
      <ContextMenu.Item className={MENU_ITEM} onSelect={() => afterClose(() => player.open(id))}>
        <Play aria-hidden />
        Play
        <span className={MENU_SHORTCUT}>Space</span>
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={!isThere}
        onSelect={() => void api.videos.openExternally({ id }).catch(showError)}
      >
        <ExternalLink aria-hidden />
        Open in the system’s player
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={!isThere}
        onSelect={() => void api.videos.reveal({ id }).catch(showError)}
      >
        <FolderOpen aria-hidden />
        {platform === 'darwin' ? 'Reveal in Finder' : 'Reveal in folder'}
      </ContextMenu.Item>
      <ContextMenu.Separator className={MENU_SEPARATOR} />
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={state !== 'ok'}
        onSelect={() => void verifyVideos(services, [id])}
      >
        <ShieldCheck aria-hidden />
        Verify
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        disabled={state !== 'ok'}
        onSelect={() => void remakePreview(services, id)}
      >
        <ImagePlay aria-hidden />
        Make preview again
      </ContextMenu.Item>
    </>
  );
}
