import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

import { commands } from '../../generated/api';
import type { App, AppView } from '../../generated/api';
import { offerUndo } from '../notify';
import { keys } from '../queries';
import { Draft, type DraftState } from './draft';

const DraftContext = createContext<Draft | undefined>(undefined);

interface DraftProviderProps {
  /** The app as opened; its definition must be readable. */
  view: AppView & { definition: App };
  children: ReactNode;
}

/** Holds the definition that all tabs of an app edit. Remount it (`key`) for another app. */
export function DraftProvider({ view, children }: DraftProviderProps) {
  const client = useQueryClient();
  const [draft] = useState(
    () =>
      new Draft(view.definition, view.definition_version, {
        save: async (definition, base_version) => {
          const result = await commands.saveDefinition({ app: view.id, definition, base_version });
          void client.invalidateQueries({ queryKey: keys.check(view.id) });
          void client.invalidateQueries({ queryKey: ['plan', view.id] });
          void client.invalidateQueries({ queryKey: keys.secrets(view.id) });
          void client.invalidateQueries({ queryKey: keys.start });
          return result;
        },
        load: () =>
          client.query({
            queryKey: keys.app(view.id),
            queryFn: () => commands.readApp({ app: view.id }),
            staleTime: 0,
          }),
      }),
  );

  // Leaving the app or the window: nothing that was typed may be lost.
  useEffect(() => {
    const save = () => void draft.flush().catch(() => undefined);
    window.addEventListener('beforeunload', save);
    window.addEventListener('blur', save);
    return () => {
      window.removeEventListener('beforeunload', save);
      window.removeEventListener('blur', save);
      save();
    };
  }, [draft]);

  return <DraftContext value={draft}>{children}</DraftContext>;
}

/** The draft of the app on screen. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error('useDraft needs a DraftProvider above it');
  return draft;
}

/** The draft's state, on every change. */
export function useDraftState(): DraftState {
  const draft = useDraft();
  return useSyncExternalStore(draft.subscribe, draft.snapshot);
}

/** The definition as it is being edited. Not the whole state: a tab is not drawn again when a save begins and ends. */
export function useDefinition(): App {
  const draft = useDraft();
  return useSyncExternalStore(draft.subscribe, () => draft.snapshot().definition);
}

/** Changes the definition. */
export function useEdit(): (change: (definition: App) => App) => void {
  const draft = useDraft();
  return useCallback((change: (definition: App) => App) => draft.edit(change), [draft]);
}

/** Changes the definition and offers the way back in a notification (and by Ctrl+Z). */
export function useEditWithUndo() {
  const draft = useDraft();
  return useCallback(
    (label: string, change: (definition: App) => App, revert: (definition: App) => App) => {
      const undo = { label, revert };
      draft.edit(change, undo);
      offerUndo(label, () => draft.undo(undo));
    },
    [draft],
  );
}
