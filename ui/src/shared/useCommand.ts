import { useCallback, useState } from 'react';

import { notifyFailed } from './notify';
import { useSaveAll } from './saving';

/**
 * Runs commands that depend on what is on screen: saves what is unsaved first, so that the code on screen is what runs.
 * Failures are told in a notification.
 */
export function useCommand() {
  const saveAll = useSaveAll();
  const [pending, setPending] = useState(0);

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

  return { command, pending: pending > 0 };
}
