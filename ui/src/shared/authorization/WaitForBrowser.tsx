import { Button, Collapse, Group, Stack, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';

import type { AuthorizationView } from '../../generated/api';
import { CopyField } from '../components/CopyField';

interface WaitForBrowserProps {
  attempt: AuthorizationView;
  url: string;
  pending: boolean;
  onOpen: () => void;
  /** Gives whether the address was taken. */
  onPaste: (url: string) => Promise<boolean>;
}

/** While the person is on the provider's page, in the system browser. */
export function WaitForBrowser({ attempt, url, pending, onOpen, onPaste }: WaitForBrowserProps) {
  const [open, setOpen] = useState(attempt.by_hand);
  const [pasted, setPasted] = useState('');
  const submit = async () => {
    if (await onPaste(pasted.trim())) setPasted('');
  };
  return (
    <Stack gap={8}>
      <CopyField label="Authorization page" value={url} description="It is open in the system browser." />
      <CopyField
        label="Redirect URI of this attempt"
        value={attempt.redirect_uri}
        description={
          attempt.by_hand
            ? 'Elsewhere than on this machine: paste the address at which the browser ends.'
            : 'The provider has to know exactly this one.'
        }
      />
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={pending}
          leftSection={<IconExternalLink size={14} aria-hidden />}
          onClick={onOpen}
        >
          Open again
        </Button>
        {!attempt.by_hand && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-expanded={open}
            onClick={() => setOpen((shown) => !shown)}
          >
            The browser did not come back
          </Button>
        )}
      </Group>
      <Collapse expanded={open}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Group gap="xs" align="flex-end">
            <TextInput
              label="Address you were sent to"
              description="All of what the browser’s address bar shows"
              value={pasted}
              spellCheck={false}
              autoComplete="off"
              style={{ flex: 1, minWidth: 180 }}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
            <Button type="submit" size="sm" disabled={pasted.trim() === ''} loading={pending}>
              Go on
            </Button>
          </Group>
        </form>
      </Collapse>
    </Stack>
  );
}
