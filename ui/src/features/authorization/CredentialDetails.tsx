import { Alert, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockX, IconPlugConnected, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { CredentialView, TokenClaims, TokenView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { JsonView } from '../../shared/components/JsonView';
import { Exchanges } from '../../shared/exchanges/Exchanges';
import { clock, exactTime, timeAgo } from '../../shared/format';
import { useToken } from '../../shared/queries';
import { useNow } from '../../shared/useNow';
import classes from './credentials.module.css';
import type { useCredentialCommands } from './useCredentialCommands';

interface CredentialDetailsProps {
  credential: CredentialView;
  commands: ReturnType<typeof useCredentialCommands>;
  onReconnect: () => void;
}

/** An account's token: how long it is good, for what, what it says about itself, and whether it works. */
export function CredentialDetails({ credential, commands, onReconnect }: CredentialDetailsProps) {
  const { data: token, error } = useToken(credential.id);
  const { refresh, expire, test } = commands;
  return (
    <Stack gap="sm" className={classes.details}>
      {credential.problem != null && (
        <Alert
          color={credential.needs_reconnect ? 'red' : 'orange'}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={credential.needs_reconnect ? 'Reconnect this account' : 'The last refresh failed'}
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {credential.problem}
            </Text>
            <Button size="xs" variant="light" color="red" onClick={onReconnect}>
              Reconnect
            </Button>
          </Stack>
        </Alert>
      )}
      {error && <ErrorAlert title="The token could not be read" error={error} />}
      {!token && !error && <Skeleton height={60} />}
      {token && (credential.kind === 'custom' ? <Keys token={token} /> : <Token token={token} />)}
      {credential.kind === 'oauth2' && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={refresh.isPending}
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => refresh.mutate(credential)}
          >
            Refresh now
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={expire.isPending}
            leftSection={<IconClockX size={14} aria-hidden />}
            onClick={() => expire.mutate(credential)}
          >
            Expire now
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            leftSection={<IconPlugConnected size={14} aria-hidden />}
            onClick={() => test.mutate(credential)}
          >
            Test
          </Button>
        </Group>
      )}
      <Exchanges owner={credential.id} />
    </Stack>
  );
}

function Keys({ token }: { token: TokenView }) {
  return (
    <Facts>
      <Fact name="Inputs">{token.keys.join(', ')}</Fact>
    </Facts>
  );
}

function Token({ token }: { token: TokenView }) {
  return (
    <>
      <Facts>
        <Fact name="Access token">
          {token.token_type}, {token.characters} characters
        </Fact>
        <Fact name="Expires">
          <Expiry at={token.expires_at} />
        </Fact>
        {token.received_at != null && (
          <Fact name="Received">
            <span title={exactTime(token.received_at)}>{timeAgo(token.received_at)}</span>
          </Fact>
        )}
        <Fact name="Refresh token">
          {token.has_refresh_token ? 'Kept' : 'None: the provider gave no refresh token'}
        </Fact>
        <Fact name="Scopes">
          {token.scopes.length === 0 ? (
            'The provider did not say'
          ) : (
            <Group gap={4}>
              {token.scopes.map((scope) => (
                <Badge key={scope} variant="light" color="gray" tt="none" ff="monospace">
                  {scope}
                </Badge>
              ))}
            </Group>
          )}
        </Fact>
        {token.redirect_queries.length > 0 && (
          <Fact name="From the redirect">{token.redirect_queries.join(', ')}</Fact>
        )}
      </Facts>
      {token.claims ? (
        <Claims of="access token" claims={token.claims} />
      ) : (
        <Text fz={12} c="dimmed">
          The access token is opaque: it says nothing about itself.
        </Text>
      )}
      {token.id_claims && <Claims of="id token" claims={token.id_claims} />}
    </>
  );
}

const CLAIM_TEXTS = {
  'access token': ['What the access token says about itself', 'It is a JSON Web Token.'],
  'id token': [
    'What the id token says about the account',
    'It came with the access token; functions do not get it.',
  ],
} as const;

/** What a token says, for the author to read. */
function Claims({ of, claims }: { of: keyof typeof CLAIM_TEXTS; claims: TokenClaims }) {
  const [title, text] = CLAIM_TEXTS[of];
  return (
    <section aria-label={`Claims of the ${of}`}>
      <Group gap={8}>
        <Text fz={12} fw={600}>
          {title}
        </Text>
        <Badge color="gray" variant="outline" size="xs">
          Not verified
        </Badge>
      </Group>
      <Text fz={12} c="dimmed" mb={4}>
        {text} Stepsmith did not check its signature, which is not shown.
      </Text>
      <JsonView value={claims} label={`claims of the ${of}`} maxHeight={240} />
    </section>
  );
}

/** How long the token is good, second by second. */
function Expiry({ at }: { at: number | undefined }) {
  const now = useNow(at != null);
  if (at == null) return <>The provider did not say</>;
  const left = at - now;
  return (
    <span role="timer" aria-label="Time to expiry" title={exactTime(at)}>
      {left > 0 ? `in ${clock(left)}` : `expired ${timeAgo(at, now)}`}
      {left <= 30_000 && ': the next call refreshes it first'}
    </span>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
