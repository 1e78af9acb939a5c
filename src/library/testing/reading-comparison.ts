import { expect } from 'vitest';
import { FACETS, type Facet, type FacetValue, type VideoQuery } from '../../shared/video-query';
import { LibraryModel, type ModelVideo } from './library-model';
import type { Fact, ReadLibrary } from './read-library';
import { VALUES_OF } from './values-of';

/** What happens to a library, and what is asked of it. */
export type ReadingStep =
  | { type: 'insert'; videos: ModelVideo[]; isAnnounced: boolean }
  | {
      type: 'update';
      how: 'announced' | 'unannounced' | 'in vain';
      which: number;
      video: ModelVideo;
      facts: Fact[];
    }
  | { type: 'delete'; which: number }
  | { type: 'dismiss' | 'failAgain'; which: number }
  | { type: 'remove' | 'restore' | 'goOffline' | 'comeOnline'; root: number }
  | { type: 'renameTag'; tag: number; name: string }
  | { type: 'idle'; steps: number }
  | (Look & { type: 'look' });

/** A page, and what is written before it is there. */
interface Look {
  query: VideoQuery;
  index: number;
  limit: number;
  meanwhile: ModelVideo | null;
}

/** A library and what it should hold. */
export class ReadingComparison {
  readonly library: ReadLibrary;
  readonly #model = new LibraryModel();
  /** What the library held when a change was announced last, and everything since: any of it may be shown. */
  #shown: LibraryModel[] = [];

  constructor(library: ReadLibrary) {
    this.library = library;
  }

  async take(step: ReadingStep): Promise<void> {
    const { library } = this;
    const { videos, removedRoots, offlineRoots } = this.#model;
    const ids = [...videos.keys()];
    switch (step.type) {
      case 'insert':
        this.#write(step.isAnnounced, () => {
          for (const added of step.videos) videos.set(library.insert(added), added);
        });
        return;
      case 'update': {
        const id = ids[step.which % ids.length];
        const before = id === undefined ? undefined : videos.get(id);
        if (id === undefined || !before) return;
        const after = withFacts(before, step.video, step.facts);
        const update = () => library.update(id, after, step.facts);
        if (step.how === 'in vain') library.writeInVain(update);
        else {
          this.#write(step.how === 'announced', () => {
            update();
            videos.set(id, after);
          });
        }
        return;
      }
      case 'delete': {
        const id = ids[step.which % ids.length];
        if (id === undefined) return;
        this.#write(true, () => {
          library.delete(id);
          videos.delete(id);
        });
        return;
      }
      case 'dismiss':
      case 'failAgain': {
        const broken = [...videos].filter(([, { state }]) => state === 'unreadable');
        const [id, before] = broken[step.which % broken.length] ?? [];
        if (id === undefined || !before) return;
        this.#write(true, () => {
          library[step.type](id);
          videos.set(id, { ...before, dismissed: step.type === 'dismiss' });
        });
        return;
      }
      case 'remove':
      case 'restore':
        this.#write(true, () => {
          library.setRemoved(step.root, step.type === 'remove');
          if (step.type === 'remove') removedRoots.add(step.root);
          else removedRoots.delete(step.root);
        });
        return;
      case 'goOffline':
      case 'comeOnline':
        this.#write(true, () => {
          library.setOnline(step.root, step.type === 'comeOnline');
          if (step.type === 'goOffline') offlineRoots.add(step.root);
          else offlineRoots.delete(step.root);
        });
        return;
      case 'renameTag':
        this.#write(true, () => {
          library.renameTag(step.tag, step.name);
          this.#model.tagNames[step.tag] = step.name;
        });
        return;
      case 'idle':
        library.idle(step.steps);
        return;
      case 'look':
        await this.look(step);
    }
  }

  async look({ query, index, limit, meanwhile }: Look): Promise<void> {
    const { library } = this;
    const model = this.#model;
    const { page, facets } = await library.look(query, index, limit, () => {
      if (!meanwhile) return;
      this.#write(true, () => model.videos.set(library.insert(meanwhile), meanwhile));
    });
    const pages = [model, ...this.#shown].map((shown) => {
      const ids = shown.sortedIds(query);
      return [ids.length, ids.slice(index, index + limit)];
    });
    expect(pages).toContainEqual([page.total, page.videos.map(({ id }) => id)]);
    const expected = model.sortedIds(query);
    expect(await library.keysetIds(query)).toEqual(expected);
    expect(facets.total).toBe(expected.length);
    for (const facet of FACETS) {
      const counted = facets.facets[facet]?.map(({ value, count }) => [value, count] as const);
      expect([facet, new Map(counted)]).toEqual([facet, countsOf(model, query, facet)]);
    }
  }

  #write(isAnnounced: boolean, work: () => void): void {
    this.#shown = isAnnounced ? [] : [...this.#shown, this.#model.copy()];
    this.library.write(work, isAnnounced);
  }
}

function withFacts(video: ModelVideo, other: ModelVideo, facts: readonly Fact[]): ModelVideo {
  const changed = Object.fromEntries(facts.map((fact) => [fact, other[fact]]));
  const dismissed = facts.includes('state') ? other.dismissed : video.dismissed;
  return { ...video, ...changed, dismissed };
}

function countsOf(model: LibraryModel, query: VideoQuery, facet: Facet): Map<FacetValue, number> {
  const counts = new Map<FacetValue, number>();
  for (const video of model.matching(query, facet)) {
    for (const value of VALUES_OF[facet](video)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
