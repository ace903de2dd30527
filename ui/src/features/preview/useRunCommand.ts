import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import type { FlowRunView } from '../../generated/api';
import { keys } from '../../shared/queries';
import { useCommand } from '../../shared/useCommand';

/** Runs commands on flow runs, and shows what came of it. Failures are told in a notification. */
export function useRunCommand() {
  const client = useQueryClient();
  const { command, pending } = useCommand();

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

  /** The same for commands that answer with the run. */
  const move = useCallback(
    async (failure: string, send: () => Promise<FlowRunView>): Promise<FlowRunView | undefined> => {
      const run = await command(failure, send);
      if (run) show(run);
      return run;
    },
    [command, show],
  );

  return { command, move, show, pending };
}
