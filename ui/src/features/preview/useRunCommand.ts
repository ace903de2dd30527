import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

import type { FlowRunView } from '../../generated/api';
import { notifyFailed } from '../../shared/notify';
import { keys } from '../../shared/queries';
import { useSaveAll } from '../../shared/saving';

/**
 * Runs commands on flow runs: saves what is unsaved first, so that the code on screen is what runs, and shows what came of
 * it. Failures are told in a notification.
 */
export function useRunCommand() {
  const client = useQueryClient();
  const saveAll = useSaveAll();
  const [pending, setPending] = useState(0);

  /** Puts a run on screen, unless a newer state of it is there already. */
  const show = useCallback(
    (run: FlowRunView) => {
      client.setQueryData<FlowRunView>(keys.flowRun(run.id), (known) =>
        known && known.updated_at > run.updated_at ? known : run,
      );
      void client.invalidateQueries({ queryKey: keys.flowRuns(run.app) });
      void client.invalidateQueries({ queryKey: ['calls', run.app] });
    },
    [client],
  );

  /** Gives the command's answer; nothing when it failed. */
  const command = useCallback(
    async <T>(failure: string, send: () => Promise<T>): Promise<T | undefined> => {
      setPending((count) => count + 1);
      try {
        await saveAll();
        return await send();
      } catch (cause) {
        notifyFailed(failure, cause);
        return undefined;
      } finally {
        setPending((count) => count - 1);
      }
    },
    [saveAll],
  );

  /** The same for commands that answer with the run. */
  const move = useCallback(
    async (failure: string, send: () => Promise<FlowRunView>): Promise<FlowRunView | undefined> => {
      const run = await command(failure, send);
      if (run) show(run);
      return run;
    },
    [command, show],
  );

  return { command, move, show, pending: pending > 0 };
}
