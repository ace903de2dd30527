import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../generated/api';
import type { FunctionKind } from '../generated/api';
import { useDraft } from '../shared/draft/DraftContext';
import { notifyFailed } from '../shared/notify';
import { keys } from '../shared/queries';

/** Switches Redirect or Webhook on or off. Off keeps the file; on starts from a template when there is none. */
export function useSwitchFunction(appId: string, kind: FunctionKind) {
  const client = useQueryClient();
  const draft = useDraft();
  const { mutate, isPending } = useMutation({
    mutationFn: async (enabled: boolean) => {
      // The command edits app.json too: what is unsaved here goes first.
      await draft.flush();
      await commands.setFunctionEnabled({ app: appId, function: kind, enabled });
      await draft.diskChanged();
    },
    onError: (error) => notifyFailed('The function could not be switched', error),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.check(appId) });
      void client.invalidateQueries({ queryKey: keys.functionSource(appId, kind) });
    },
  });
  return { toggle: mutate, pending: isPending };
}
