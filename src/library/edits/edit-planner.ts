import type { EditCommand, EditDescription, Selection } from '../../shared/edit';
import type { Connection } from '../connection';
import type { ImportedUserData } from '../user-data-import';
import type { Aspect, CellValue } from './cells';
import { CollectionPlans } from './collection-plans';
import { always, type EditPlan, type ResolveVideos, tidyNote } from './edit-plan';
import { planImport } from './import-plan';
import { TagPlans } from './tag-plans';

/** Makes plans of commands, by the library as it is when the edit begins. */
export class EditPlanner {
  readonly #resolve: ResolveVideos;
  readonly #tags: TagPlans;
  readonly #collections: CollectionPlans;

  constructor(database: Connection, resolve: ResolveVideos, now: () => number) {
    this.#resolve = resolve;
    this.#tags = new TagPlans(database, resolve);
    this.#collections = new CollectionPlans(database, resolve, now);
  }

  /** @throws TAG_NOT_FOUND, COLLECTION_NOT_FOUND, NAME_TAKEN, INVALID_REQUEST */
  async plan(command: EditCommand): Promise<EditPlan> {
    const tags = this.#tags;
    const collections = this.#collections;
    switch (command.type) {
      case 'addTags':
        return tags.add(await this.#videosOf(command), command.tags);
      case 'removeTags':
        return tags.take(await this.#videosOf(command), command.tagIds);
      case 'createTag':
        return tags.create(command.name, command.colour);
      case 'renameTag':
        return tags.rename(command.tagId, command.name);
      case 'colourTag':
        return tags.colour(command.tagId, command.colour);
      case 'mergeTags':
        return tags.merge(command.tagIds, command.into);
      case 'removeTag':
        return tags.remove(command.tagId);
      case 'rate':
      case 'label':
      case 'favourite':
      case 'note':
        return this.#planField(command);
      case 'createCollection': {
        const { name, selection } = command;
        return collections.create(name, selection ? await this.#videosOf({ selection }) : []);
      }
      case 'renameCollection':
        return collections.rename(command.collectionId, command.name);
      case 'removeCollection':
        return collections.remove(command.collectionId);
      case 'moveCollection':
        return collections.move(command.collectionId, command.before);
      case 'addToCollection':
        return collections.add(command.collectionId, await this.#videosOf(command));
      case 'removeFromCollection':
        return collections.take(command.collectionId, await this.#videosOf(command));
      case 'moveInCollection':
        return collections.moveVideos(command.collectionId, command.ids, command.before);
    }
  }

  planImport(imported: ImportedUserData): EditPlan {
    return planImport(imported, this.#tags, this.#collections);
  }

  async #planField(
    command: Extract<EditCommand, { type: 'rate' | 'label' | 'favourite' | 'note' }>,
  ): Promise<EditPlan> {
    const ids = await this.#videosOf(command);
    const videos = ids.length;
    const plan = (aspect: Aspect, value: CellValue, description: EditDescription): EditPlan => ({
      description,
      createdId: null,
      changes: [{ aspect, target: 0, ids, after: always(value) }],
    });
    switch (command.type) {
      case 'rate': {
        const { type, rating } = command;
        return plan('rating', rating, { type, videos, rating });
      }
      case 'label': {
        const { type, label } = command;
        return plan('label', label, { type, videos, label });
      }
      case 'favourite': {
        const { type, favourite } = command;
        return plan('favourite', favourite ? 1 : 0, { type, videos, favourite });
      }
      case 'note': {
        const note = tidyNote(command.note);
        return plan('note', note, { type: command.type, videos, cleared: note === null });
      }
    }
  }

  async #videosOf({ selection }: { selection: Selection }): Promise<ArrayLike<number>> {
    return 'ids' in selection ? [...new Set(selection.ids)] : this.#resolve(selection);
  }
}
