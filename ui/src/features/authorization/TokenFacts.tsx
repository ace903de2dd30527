import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { TokenClaims, TokenView } from '../../generated/api';
import { Foreign } from '../../shared/components/Foreign';
import { JsonView } from '../../shared/components/JsonView';
import { legible } from '../../shared/foreign';
import { clock, exactTime, timeAgo } from '../../shared/format';
import { useNow } from '../../shared/useNow';
import classes from './credentials.module.css';

/** What is known of a credential, without its values. */
export function TokenFacts({ kind, token }: { kind: string; token: TokenView }) {
  if (kind === 'custom') return <Keys token={token} />;
  return kind === 'oauth1' ? <OAuth1Token token={token} /> : <Token token={token} />;
}

function Keys({ token }: { token: TokenView }) {
  return (
    <Facts>
      <Fact name="Inputs">{legible(token.keys.join(', '))}</Fact>
    </Facts>
  );
}

/** It has no lifetime that the provider tells, and is never refreshed. */
function OAuth1Token({ token }: { token: TokenView }) {
  return (
    <Facts>
      <Fact name="Token">
        {token.token_type}, {token.characters} characters
      </Fact>
      <Received token={token} />
      {token.keys.length > 0 && <Fact name="Came with it">{legible(token.keys.join(', '))}</Fact>}
      <FromRedirect token={token} />
    </Facts>
  );
}

function Received({ token }: { token: TokenView }) {
  if (token.received_at == null) return null;
  return (
    <Fact name="Received">
      <span title={exactTime(token.received_at)}>{timeAgo(token.received_at)}</span>
    </Fact>
  );
}

function FromRedirect({ token }: { token: TokenView }) {
  if (token.redirect_queries.length === 0) return null;
  return <Fact name="From the redirect">{legible(token.redirect_queries.join(', '))}</Fact>;
}

function Token({ token }: { token: TokenView }) {
  return (
    <>
      <Facts>
        <Fact name="Access token">
          <Foreign text={token.token_type ?? ''} />, {token.characters} characters
        </Fact>
        <Fact name="Expires">
          <Expiry at={token.expires_at} />
        </Fact>
        <Received token={token} />
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
                  <Foreign text={scope} />
                </Badge>
              ))}
            </Group>
          )}
        </Fact>
        <FromRedirect token={token} />
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
