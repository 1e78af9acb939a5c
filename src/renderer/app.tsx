import { Tooltip } from 'radix-ui';
import { Toaster } from 'sonner';
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
        <Toaster position="bottom-right" offset={{ right: 16, bottom: 52 }} gap={8} />
      </Tooltip.Provider>
    </ServicesContext>
  );
}

function Page() {
  const status = useApp((state) => state.status);
  const hasSummary = useApp((state) => state.summary !== null);
  if (status.state === 'failed') return <LibraryFailedPage error={status.error} />;
  if (status.state === 'opening' || !hasSummary) return <OpeningPage />;
  return (
    <DropTarget>
      <AppShell />
    </DropTarget>
  );
}
