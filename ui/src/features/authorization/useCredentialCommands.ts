import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { CredentialView } from '../../generated/api';
import { accountName } from '../../shared/authorization/accountName';
import { isolated } from '../../shared/foreign';
import { notifyDone, notifyFailed } from '../../shared/notify';
import { keys } from '../../shared/queries';

/** What can be done with an account's token. What came of it is told, and the exchange stands with the account. */
export function useCredentialCommands(appId: string) {
  const client = useQueryClient();
  const onSettled = (_: unknown, __: unknown, credential: CredentialView) => {
    void client.invalidateQueries({ queryKey: keys.credentials(appId) });
    void client.invalidateQueries({ queryKey: keys.token(credential.id) });
    void client.invalidateQueries({ queryKey: keys.exchanges(credential.id) });
  };
  const refresh = useMutation({
    mutationFn: (credential: CredentialView) => commands.refreshCredential({ credential: credential.id }),
    onSuccess: (_, credential) => notifyDone(`${isolated(accountName(credential))} has a new token`),
    onError: (cause) => notifyFailed('The token could not be refreshed', cause),
    onSettled,
  });
  const expire = useMutation({
    mutationFn: (credential: CredentialView) => commands.expireCredential({ credential: credential.id }),
    onSuccess: (_, credential) =>
      notifyDone(
        `The token of ${isolated(accountName(credential))} counts as expired: the next call refreshes it`,
      ),
    onError: (cause) => notifyFailed('The token could not be set to expired', cause),
    onSettled,
  });
  const test = useMutation({
    mutationFn: (credential: CredentialView) => commands.testCredential({ credential: credential.id }),
    onSuccess: (result, credential) => {
      if (result.ok) notifyDone(`${isolated(accountName(credential))} works: ${result.detail}`);
      else notifyFailed(`${isolated(accountName(credential))} does not work`, result.detail);
    },
    onError: (cause) => notifyFailed('The credential could not be tested', cause),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (credential: CredentialView) => commands.deleteCredential({ credential: credential.id }),
    onSuccess: (_, credential) => notifyDone(`${isolated(accountName(credential))} deleted`),
    onError: (cause) => notifyFailed('The credential could not be deleted', cause),
    onSettled,
  });
  return { refresh, expire, test, remove };
}
