import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

import type { CredentialView } from '../../generated/api';
import { AuthorizationAttempt } from '../../shared/authorization/AuthorizationAttempt';
import { accountName } from '../../shared/authorization/accountName';
import { useStartAuthorization } from '../../shared/authorization/useStartAuthorization';
import { Section } from '../../shared/components/Page';
import { CredentialList } from './CredentialList';

/** An attempt, and the account that it connects again. */
interface Running {
  id: string;
  again?: CredentialView;
}

/** The attempt of each app; outlives the tab's being left while the person is in the browser. */
const attempts = new Map<string, Running>();

/** The accounts of an app, and the way to one more: an authorization that belongs to no flow run. */
export function CredentialSection({ appId }: { appId: string }) {
  const [attempt, setAttempt] = useState(attempts.get(appId));
  const again = useRef<CredentialView>(undefined);
  const add = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);
  // The attempt had the focus, and is gone: the button that started it gets it back.
  useEffect(() => {
    if (attempt === undefined && closed.current) add.current?.focus();
    closed.current = false;
  }, [attempt]);
  const remember = (running: Running | undefined) => {
    if (running === undefined) attempts.delete(appId);
    else attempts.set(appId, running);
    setAttempt(running);
  };
  const { start, pending, dialog } = useStartAuthorization((view) =>
    remember({ id: view.id, again: again.current }),
  );
  const authorize = (credential?: CredentialView) => {
    again.current = credential;
    void start({ app: appId, credential: credential?.id });
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
            onClick={() => authorize()}
          >
            Add account
          </Button>
        )
      }
    >
      {dialog}
      {attempt !== undefined && (
        <AuthorizationAttempt
          key={attempt.id}
          authorization={attempt.id}
          again={attempt.again && accountName(attempt.again)}
          onRetry={() => authorize(attempt.again)}
          onClose={() => {
            closed.current = true;
            remember(undefined);
          }}
        />
      )}
      <CredentialList appId={appId} adding={attempt !== undefined} onAuthorize={authorize} />
    </Section>
  );
}
