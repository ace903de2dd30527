import { useState, type ReactNode } from 'react';

import { commands } from '../../generated/api';
import type { AuthorizationView, StartAuthorization } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { useCommand } from '../useCommand';
import { MissingSecrets } from './MissingSecrets';

interface Asked {
  request: StartAuthorization;
  names: readonly string[];
}

/**
 * Starts authorizations, and asks by name for secrets that this machine lacks before it does. `dialog` has to be rendered.
 */
export function useStartAuthorization(onStarted: (view: AuthorizationView) => void) {
  const { command, pending } = useCommand();
  const [asked, setAsked] = useState<Asked>();

  const start = async (request: StartAuthorization): Promise<void> => {
    const view = await command('The authorization could not be started', async () => {
      try {
        return await commands.startAuthorization(request);
      } catch (cause) {
        if (ApiError.from(cause).code !== 'secret_missing') throw cause;
        const states = await commands.secretStates({ app: request.app });
        const names = states.filter((secret) => !secret.present).map((secret) => secret.name);
        if (names.length === 0) throw cause;
        setAsked({ request, names });
        return undefined;
      }
    });
    if (view) onStarted(view);
  };
  const dialog: ReactNode = asked && (
    <MissingSecrets
      app={asked.request.app}
      names={asked.names}
      onClose={() => setAsked(undefined)}
      onKept={() => {
        setAsked(undefined);
        void start(asked.request);
      }}
    />
  );
  return { start, pending, dialog };
}
