import { ActionIcon, Alert, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconExternalLink, IconReload, IconWorld, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { commands } from '../../generated/api';
import type { PendingUrl } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { CopyAction } from '../../shared/components/CopyAction';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { pageAddress } from './pageAddress';
import classes from './preview.module.css';
import { useRunCommand } from './useRunCommand';

interface PageFrameProps {
  flowRun: string;
  step: number;
  page: PendingUrl;
}

/** Openings that were told to the program, so that each page opens by itself once and not at every look. */
const opened = new Set<string>();

/** The page of an `open_url` event: inside the client, or in the system browser. */
export function PageFrame({ flowRun, step, page }: PageFrameProps) {
  const { move, show } = useRunCommand();
  const [failure, setFailure] = useState<unknown>();
  const [shown, setShown] = useState(true);
  const [loads, setLoads] = useState(0);
  const address = pageAddress(page.url);
  const inBrowser = page.open_type === 'redirect';
  const key = `${flowRun} ${step} ${page.url}`;

  useEffect(() => {
    if (page.opened || address === undefined || opened.has(key)) return;
    opened.add(key);
    commands
      .openUrl({ flow_run: flowRun, step, in_browser: inBrowser })
      .then(show)
      .catch((cause: unknown) => setFailure(ApiError.from(cause)));
  }, [page.opened, address, key, flowRun, step, inBrowser, show]);

  const openInBrowser = () => {
    setFailure(undefined);
    void move('The page could not be opened', () =>
      commands.openUrl({ flow_run: flowRun, step, in_browser: true }),
    );
  };

  if (address === undefined) {
    return (
      <Alert color="red" title="The page is not opened" role="alert">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {page.url === '' ? 'The address is empty' : page.url} is no http or https address. Action has to
          return one in events[].options.url.
        </Text>
      </Alert>
    );
  }
  return (
    <section className={classes.pageFrame} aria-label="External page">
      <div className={classes.frameHead}>
        <IconWorld size={15} aria-hidden style={{ flexShrink: 0 }} />
        <Text fz={12} ff="monospace" truncate title={address} style={{ flex: 1, minWidth: 0 }}>
          {address}
        </Text>
        <CopyAction value={address} what="address" />
        {!inBrowser && shown && (
          <Tooltip label="Reload">
            <ActionIcon size="sm" aria-label="Reload the page" onClick={() => setLoads((count) => count + 1)}>
              <IconReload size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={inBrowser ? 'Open again' : 'Open in the system browser instead'}>
          <ActionIcon
            size="sm"
            aria-label={inBrowser ? 'Open the page again' : 'Open in the system browser instead'}
            onClick={openInBrowser}
          >
            <IconExternalLink size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {!inBrowser && shown && (
          <Tooltip label="Close">
            <ActionIcon size="sm" aria-label="Close the page" onClick={() => setShown(false)}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {failure !== undefined && (
        <ErrorAlert title="The page could not be opened" error={failure}>
          <Text size="sm">Copy the address above and open it by hand.</Text>
        </ErrorAlert>
      )}
      {inBrowser && failure === undefined && (
        <Text size="sm" c="dimmed" p="xs">
          The page is open in the system browser. The step goes on when it comes back.
        </Text>
      )}
      {!inBrowser && !shown && (
        <Group p="xs">
          <Button size="compact-sm" variant="default" onClick={() => setShown(true)}>
            Show the page again
          </Button>
        </Group>
      )}
      {!inBrowser && shown && (
        <iframe
          key={loads}
          src={address}
          title={`External page ${address}`}
          className={classes.frame}
          // Without allow-top-navigation: the page never takes the window away from the author.
          sandbox="allow-scripts allow-forms allow-same-origin allow-popups"
          referrerPolicy="no-referrer"
        />
      )}
    </section>
  );
}
