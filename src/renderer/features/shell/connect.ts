import { coalesced } from '../../coalesce';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { queryOf } from '../browser/view-slice';
import { readSettings } from '../settings/save-settings';

/** Jobs that the history shows. */
const HISTORY_LENGTH = 200;

/**
 * Ties the bridge's events to the store and to the shown videos, and reads what is there already.
 * @returns ends it all
 */
export function connectLibrary({ api, store, videos }: Services): () => void {
  const updatedJobs = new Set<string>();

  const refreshSummary = coalesced(async () => {
    try {
      store.getState().setSummary(await api.library.summary({}));
    } catch (thrown) {
      showError(thrown);
    }
  });

  const refreshNames = coalesced(async () => {
    try {
      const [{ tags }, { collections }] = await Promise.all([
        api.tags.list({}),
        api.collections.list({}),
      ]);
      store.getState().setNames({ tags, collections });
    } catch {
      // The next change asks again; until then what is known is shown.
    }
  });

  const loadJobs = async () => {
    updatedJobs.clear();
    const { jobs } = await api.jobs.list({ limit: HISTORY_LENGTH });
    store.getState().mergeJobs(jobs, updatedJobs);
  };

  const showQuery = () => {
    const state = store.getState();
    if (state.status.state === 'open') videos.setQuery(queryOf(state));
  };

  const rowsChanged = () => {
    store.getState().noteLibraryChange();
    videos.invalidate();
    void refreshSummary();
    void refreshNames();
  };

  const loadWatches = async () => {
    try {
      store.getState().setWatches((await api.watch.status({})).folders);
    } catch {
      // Without it the folders only do not say how they are watched; the next change tells.
    }
  };

  const loadHistory = async () => store.getState().setHistory(await api.history.get({}));

  const refreshStatus = coalesced(async () => {
    try {
      const status = await api.library.status({});
      store.getState().setStatus(status);
      if (status.state !== 'open') return;
      // In this order, so that what is asked for is not asked for again.
      rowsChanged();
      showQuery();
      await Promise.all([loadJobs(), loadWatches(), loadHistory(), readSettings({ api, store })]);
    } catch (thrown) {
      showError(thrown);
    }
  });

  const stop = [
    api.library.onStatus(() => void refreshStatus()),
    api.library.onChange(rowsChanged),
    api.jobs.onUpdate((job) => {
      updatedJobs.add(job.jobId);
      store.getState().updateJob(job);
    }),
    api.history.onChange((history) => store.getState().setHistory(history)),
    api.watch.onChange(({ folders }) => store.getState().setWatches(folders)),
    api.settings.onChange((settings) => store.getState().keepSettings(settings)),
    store.subscribe(showQuery),
  ];
  api.app.info({}).then((info) => store.getState().setInfo(info), showError);
  void refreshStatus();
  return () => {
    for (const end of stop) end();
  };
}
