import { countOf } from '../../format/number';
import { useApp } from '../../services';
import { findRoot, isFirstStart } from '../shell/library-slice';
import { PaneHeader } from '../shell/pane-header';
import { Welcome } from '../welcome/welcome';
import { BrowserTools } from './browser-tools';
import { EmptyPage, QueryFailedPage } from './empty-page';
import { FolderBanner } from './folder-banner';
import { GridView } from './grid-view';
import { TableView } from './table-view';
import { useVideoList, type VideoList } from './use-video-list';
import { VideoMenu } from './video-menu';

/** The main area with videos in it: header, tools, and grid or table. */
export function BrowserPage() {
  const list = useVideoList();
  const title = useTitle();
  const firstStart = useApp(isFirstStart);
  if (firstStart && list.total === 0) {
    return (
      <>
        <PaneHeader title="Vitrine" count={null} withInspector={false} />
        <Welcome />
      </>
    );
  }
  return (
    <>
      <PaneHeader title={title} count={list.total === null ? null : countOf(list.total, 'video')}>
        <BrowserTools />
      </PaneHeader>
      <FolderBanner />
      <Videos list={list} />
    </>
  );
}

function Videos({ list }: { list: VideoList }) {
  const mode = useApp((state) => state.mode);
  if (list.error !== null && !list.total) return <QueryFailedPage error={list.error} />;
  if (list.total === 0 && list.query !== null) return <EmptyPage query={list.query} />;
  return (
    <VideoMenu list={list}>
      {mode === 'grid' ? <GridView list={list} /> : <TableView list={list} />}
    </VideoMenu>
  );
}

function useTitle(): string {
  return useApp(({ place, summary }) => {
    if (place.type !== 'videos') return '';
    switch (place.scope.type) {
      case 'all':
        return 'All videos';
      case 'recent':
        return 'Recently added';
      case 'missing':
        return 'Missing';
      case 'problems':
        return 'Problems';
      case 'root':
        return findRoot(summary, place.scope.rootId)?.name ?? 'Folder';
    }
  });
}
