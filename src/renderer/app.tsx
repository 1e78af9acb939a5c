import { Tooltip } from 'radix-ui';
import { Toaster } from 'sonner';
import { PlayerWindow } from './features/player/player-window';
import { AppShell } from './features/shell/app-shell';
import { LibraryFailedPage } from './features/shell/library-failed-page';
import { OpeningPage } from './features/shell/opening-page';
import { DropTarget } from './features/welcome/drop-target';
import { type Services, ServicesContext, useApp } from './services';

/** The whole window. */
export function App({ services }: { services: Services }) {
  return (
    <ServicesContext value={services}>
      <Tooltip.Provider delayDuration={500}>
        <Page />
        <Messages />
      </Tooltip.Provider>
    </ServicesContext>
  );
}

/** Messages lie above the job tray; over the player they lie at the top, away from subtitles and menus. */
function Messages() {
  const playing = useApp((state) => state.player !== null);
  return (
    <Toaster
      position={playing ? 'top-right' : 'bottom-right'}
      offset={{ right: 16, top: 56, bottom: 52 }}
      gap={8}
    />
  );
}

function Page() {
  const status = useApp((state) => state.status);
  const hasSummary = useApp((state) => state.summary !== null);
  if (status.state === 'failed') return <LibraryFailedPage error={status.error} />;
  if (status.state === 'opening' || !hasSummary) return <OpeningPage />;
  return (
    <>
      <DropTarget>
        <AppShell />
      </DropTarget>
      <PlayerWindow />
    </>
  );
}
