import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

import { commands } from '../../generated/api';
import { AuthorizationAttempt } from '../../shared/authorization/AuthorizationAttempt';
import { Section } from '../../shared/components/Page';
import { useCommand } from '../../shared/useCommand';
import { CredentialList } from './CredentialList';

/** The attempt of each app; outlives the tab's being left while the person is in the browser. */
const attempts = new Map<string, string>();

/** The accounts of an app, and the way to one more: an authorization that belongs to no flow run. */
export function CredentialSection({ appId }: { appId: string }) {
  const [attempt, setAttempt] = useState(attempts.get(appId));
  const { command, pending } = useCommand();
  const add = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);
  // The attempt had the focus, and is gone: the button that started it gets it back.
  useEffect(() => {
    if (attempt === undefined && closed.current) add.current?.focus();
    closed.current = false;
  }, [attempt]);
  const remember = (id: string | undefined) => {
    if (id === undefined) attempts.delete(appId);
    else attempts.set(appId, id);
    setAttempt(id);
  };
  const authorize = async () => {
    const view = await command('The authorization could not be started', () =>
      commands.startAuthorization({ app: appId }),
    );
    if (view) remember(view.id);
  };

  return (
    <Section
      title="Credentials"
      text="Accounts connected with this app, kept encrypted on this machine."
      actions={
        attempt === undefined && (
          <Button
            ref={add}
            size="xs"
            variant="default"
            loading={pending}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => void authorize()}
          >
            Add account
          </Button>
        )
      }
    >
      {attempt !== undefined && (
        <AuthorizationAttempt
          key={attempt}
          authorization={attempt}
          onRetry={() => void authorize()}
          onClose={() => {
            closed.current = true;
            remember(undefined);
          }}
        />
      )}
      <CredentialList appId={appId} adding={attempt !== undefined} onAuthorize={() => void authorize()} />
    </Section>
  );
}
