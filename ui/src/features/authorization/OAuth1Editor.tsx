import { Select, Stack } from '@mantine/core';

import type { AppView, NewAuthentication, OAuth1 } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { useEdit } from '../../shared/draft/DraftContext';
import classes from './AuthorizationTab.module.css';
import { ClientCredential } from './ClientCredential';
import { RequestEditor } from './RequestEditor';
import { Step } from './Step';
import { TokenRequests, type TokenRequest } from './TokenRequests';
import { inOAuth1, useOAuthEdits } from './useOAuthEdits';

interface OAuth1EditorProps {
  view: AppView;
  oauth1: OAuth1;
  /** What a new configuration holds; undefined until it is known. */
  defaults: NewAuthentication | undefined;
}

const FIELD = 'authentication.oauth1';
const METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'PLAINTEXT'];

/** OAuth1 as the steps in which an author sets it up at a provider (RFC 5849). */
export function OAuth1Editor({ view, oauth1, defaults }: OAuth1EditorProps) {
  const edits = useOAuthEdits();
  const edit = useEdit();
  const change = (how: (now: OAuth1) => OAuth1) => edit(inOAuth1(how));
  const method = oauth1.signature_method;
  const known = METHODS.includes(method);
  const requests: TokenRequest[] = [
    {
      kind: 'get_token_request',
      name: 'Get token',
      text: 'Exchanges the request token and the verifier for a token.',
      request: oauth1.get_token_request,
      optional: false,
    },
    {
      kind: 'test_token_request',
      name: 'Test token',
      text: 'Proves that a token works: any 2xx answer does.',
      request: oauth1.test_token_request,
      start: defaults?.test_token_request,
      optional: true,
    },
  ];

  return (
    <ol className={classes.steps}>
      <Step title="Redirect URL" text="Register this address with the provider, exactly as it stands.">
        <CopyField label="OAuth redirect URL" value={view.redirect_uri} />
      </Step>

      <Step
        title="App credential"
        text="What the provider gave out for your app, and how requests are signed with it."
      >
        <Stack gap="sm">
          <ClientCredential
            appId={view.id}
            field={FIELD}
            id={{
              field: 'consumer_key',
              label: 'Consumer key',
              value: oauth1.consumer_key,
              onChange: (consumer_key) => change((now) => ({ ...now, consumer_key })),
            }}
            secret={{
              field: 'consumer_secret',
              label: 'Consumer secret',
              value: oauth1.consumer_secret,
              used: true,
              onChange: (consumer_secret) => change((now) => ({ ...now, consumer_secret })),
            }}
          />
          <Select
            label="Signature method"
            data-field={`${FIELD}.signature_method`}
            w={220}
            data={known ? METHODS : [...METHODS, method]}
            value={method}
            error={known ? undefined : `“${method}” is not one of the four methods there are.`}
            description={
              method === 'PLAINTEXT' ? 'The secrets themselves are sent: only over https.' : undefined
            }
            onChange={(value) => {
              if (value !== null) change((now) => ({ ...now, signature_method: value }));
            }}
          />
        </Stack>
      </Step>

      <Step title="Request token" text="Asks the provider for a request token before the browser is opened.">
        <RequestEditor
          name="Request token"
          kind="request_token_request"
          request={oauth1.request_token_request}
          redirectUri={view.redirect_uri}
          edits={edits}
        />
      </Step>

      <Step title="Authorization URL" text="The page that the browser is sent to with the request token.">
        <RequestEditor
          name="Authorization URL"
          kind="authorization_request"
          request={oauth1.authorization_request}
          redirectUri={view.redirect_uri}
          edits={edits}
        />
      </Step>

      <Step title="Token requests" text="What Stepsmith and the framework send by themselves.">
        <TokenRequests appId={view.id} redirectUri={view.redirect_uri} requests={requests} edits={edits} />
      </Step>
    </ol>
  );
}
