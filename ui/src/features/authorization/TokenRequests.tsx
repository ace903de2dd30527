import { Badge, Button, Tabs } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';

import type { Request, RequestKind } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { useNavigation } from '../../shared/navigation';
import { useDiagnostics } from '../../shared/queries';
import { RequestEditor } from './RequestEditor';
import type { OAuthEdits } from './useOAuthEdits';

/** A request of the step, and what it is for. */
export interface TokenRequest {
  kind: RequestKind;
  /** "Get token". */
  name: string;
  text: string;
  request: Request | undefined;
  /** What it begins as, where it can be left out; undefined while that is not known. */
  start?: Request | undefined;
  optional: boolean;
}

interface TokenRequestsProps {
  appId: string;
  redirectUri: string;
  requests: readonly TokenRequest[];
  edits: OAuthEdits;
}

/** The requests that the program sends by itself, one at a time. */
export function TokenRequests({ appId, redirectUri, requests, edits }: TokenRequestsProps) {
  const { arrival } = useNavigation();
  const { data: problems = [] } = useDiagnostics(appId);
  const led = requests.find(({ kind }) => arrival.field?.startsWith(`${edits.field}.${kind}`));
  const [chosen, setChosen] = useState(led?.kind ?? requests[0]?.kind);
  const [seen, setSeen] = useState(arrival.serial);
  // A link leads to a field of another request: it has to be on screen before the focus goes there.
  if (seen !== arrival.serial) {
    setSeen(arrival.serial);
    if (led) setChosen(led.kind);
  }
  const errors = (kind: RequestKind) =>
    problems.filter(({ path, severity }) => severity === 'error' && path.startsWith(`${edits.field}.${kind}`))
      .length;

  return (
    <Tabs
      value={chosen ?? null}
      keepMounted={false}
      onChange={(value) => setChosen(requests.find(({ kind }) => kind === value)?.kind ?? chosen)}
    >
      <Tabs.List aria-label="Token requests" mb="md">
        {requests.map(({ kind, name, request }) => {
          const count = request ? errors(kind) : 0;
          return (
            <Tabs.Tab
              key={kind}
              value={kind}
              rightSection={
                count > 0 && (
                  <Badge
                    size="sm"
                    color="red"
                    circle
                    aria-label={count === 1 ? '1 error' : `${String(count)} errors`}
                  >
                    {count}
                  </Badge>
                )
              }
            >
              {name}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
      {requests.map(({ kind, name, text, request, start, optional }) => (
        <Tabs.Panel key={kind} value={kind} data-field={`${edits.field}.${kind}`}>
          {request ? (
            <>
              <RequestEditor
                name={name}
                kind={kind}
                request={request}
                redirectUri={redirectUri}
                edits={edits}
              />
              {optional && (
                <Button
                  mt="sm"
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconTrash size={14} aria-hidden />}
                  onClick={() => edits.removeRequest(kind, `${name} request removed`)}
                >
                  Remove this request
                </Button>
              )}
            </>
          ) : (
            <EmptyState compact icon={IconPlus} title={`No ${name.toLowerCase()} request`} text={text}>
              <Button
                mt={4}
                variant="default"
                disabled={!start}
                onClick={() => start && edits.addRequest(kind, start)}
              >
                Add the {name.toLowerCase()} request
              </Button>
            </EmptyState>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
