import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type {
  App,
  AppView,
  Preset,
  PreviewRequest,
  RequestPreview,
  SaveDefinition,
} from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { DraftProvider } from '../../shared/draft/DraftContext';
import { NavigationProvider } from '../../shared/navigation';
import { AuthorizationTab } from './AuthorizationTab';
import { accessibilityProblems } from '../../test-axe';
import { defaultAuthentication, newOAuth1, newOAuth2 } from './fixtures';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

function preset(): Preset {
  const oauth2 = newOAuth2();
  oauth2.get_token_request.url = 'https://YOUR_SITE.p.example/token';
  return {
    name: 'provider',
    title: 'Provider',
    documentation: 'https://docs.p.example/',
    checked: '2026-11-24',
    scopes: ['read'],
    scope_separator: ' ',
    client: 'body',
    pkce: false,
    placeholders: [{ word: 'YOUR_SITE', text: 'The name of your site' }],
    notes: ['Tokens end after an hour.'],
    authentication: { oauth2 },
  };
}

/** Every command sent, with its body. */
let sent: [name: string, body: unknown][];
let secretSet: boolean;

function saved(): App | undefined {
  const save = sent.findLast(([name]) => name === 'save_definition');
  return (save?.[1] as SaveDefinition | undefined)?.definition;
}

/** What the program says of a request; a test may replace it. */
let previewOf: (request: PreviewRequest) => RequestPreview;

const VARIABLES = ['client_id', 'client_secret', 'code', 'redirect_uri'].map((name) => ({
  name,
  text: `The ${name}.`,
}));

function show(authentication: App['authentication'], field?: string) {
  const definition: App = { name: 'A', actions: [], authentication };
  const view: AppView & { definition: App } = {
    id: 'a',
    path: '/a',
    definition,
    definition_version: '1',
    answers: [],
    redirect_uri: 'http://127.0.0.1:1/oauth/redirect',
    notices: [],
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    sent.push([name, body]);
    if (name === 'set_secret') secretSet = true;
    if (name === 'default_authentication') {
      return Promise.resolve(defaultAuthentication((body as { kind: string }).kind) as never);
    }
    if (name === 'preview_request') return Promise.resolve(previewOf(body as PreviewRequest) as never);
    const answers: Record<string, unknown> = {
      save_definition: { kind: 'saved', version: '2' },
      list_credentials: [],
      secret_states: [{ name: 'client_secret', present: secretSet }],
      set_secret: [{ name: 'client_secret', present: true }],
      check_app: [],
      authentication_presets: [preset()],
    };
    return Promise.resolve((answers[name] ?? view) as never);
  });
  return render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })}>
      <MantineProvider env="test">
        <ModalsProvider>
          <Notifications />
          <NavigationProvider
            value={{ arrival: { tab: 'authorization', field, serial: 0 }, goTo: () => undefined }}
          >
            <DraftProvider view={view}>
              <AuthorizationTab view={view} />
            </DraftProvider>
          </NavigationProvider>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  previewOf = () => ({ problems: [], variables: VARIABLES });
  secretSet = false;
  sent = [];
});

it('switches at once while nothing was entered', async () => {
  const user = userEvent.setup();
  show({});
  await waitFor(() => expect(sent.filter(([name]) => name === 'default_authentication')).toHaveLength(3));
  await user.click(screen.getByRole('radio', { name: 'OAuth2' }));
  expect(await screen.findByRole('textbox', { name: 'Client id' })).toBeInTheDocument();
  await waitFor(() => expect(saved()?.authentication).toEqual({ oauth2: newOAuth2() }));
});

it('asks before it drops what was entered, and takes the switch back', async () => {
  const user = userEvent.setup();
  const oauth2 = { ...newOAuth2(), client_id: 'mine', vendor: 'kept' };
  show({ oauth2 });
  await user.click(screen.getByRole('radio', { name: 'Custom' }));
  await user.click(await screen.findByRole('button', { name: 'Keep OAuth2' }));
  expect(screen.getByRole('textbox', { name: 'Client id' })).toHaveValue('mine');

  await user.click(screen.getByRole('radio', { name: 'Custom' }));
  await user.click(await screen.findByRole('button', { name: 'Switch to Custom' }));
  expect(await screen.findByText('No inputs yet')).toBeInTheDocument();
  await waitFor(() => expect(saved()?.authentication).toEqual({ custom: { inputs: [] } }));

  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('textbox', { name: 'Client id' })).toHaveValue('mine');
  await waitFor(() => expect(saved()?.authentication).toEqual({ oauth2 }));
});

it('completes a variable with the keyboard alone, as a combobox', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  const value = screen.getByRole('combobox', { name: 'Get token: endpoint' });
  await user.click(value);
  await user.paste('https://id.example.com/');
  await waitFor(() => expect(sent.some(([name]) => name === 'preview_request')).toBe(true));
  await user.keyboard('{{{{cl');
  expect(value).toHaveFocus();
  expect(value).toHaveAttribute('aria-expanded', 'true');
  const best = await screen.findByRole('option', { name: /client_id/ });
  expect(value).toHaveAttribute('aria-activedescendant', best.id);
  await user.keyboard('{ArrowDown}');
  const second = screen.getByRole('option', { name: /client_secret/ });
  expect(value).toHaveAttribute('aria-activedescendant', second.id);
  await user.keyboard('{ArrowUp}{Enter}');
  expect(value).toHaveValue('https://id.example.com/{{client_id}}');
  expect(value).toHaveAttribute('aria-expanded', 'false');

  await user.keyboard('{{{{');
  expect(await screen.findAllByRole('option')).toHaveLength(VARIABLES.length);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('option')).not.toBeInTheDocument();
  expect(value).toHaveValue('https://id.example.com/{{client_id}}{{');
});

const body = () => within(screen.getByRole('group', { name: 'Body' }));
const bodyNames = () => saved()?.authentication.oauth2?.get_token_request.body_fields.map(({ name }) => name);

it('is walked through rows by Enter, and offers names and values that are usual', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  await user.click(body().getByRole('combobox', { name: 'Body: value of client_secret' }));
  await user.keyboard('{Enter}');
  const name = await body().findByRole('combobox', { name: 'Body: name 6' });
  await waitFor(() => expect(name).toHaveFocus());
  await user.keyboard('sco{ArrowDown}{Enter}');
  expect(name).toHaveValue('scope');
  await waitFor(() => expect(name).toHaveFocus());
  await user.keyboard('{Enter}');
  const value = body().getByRole('combobox', { name: 'Body: value of scope' });
  await waitFor(() => expect(value).toHaveFocus());
  await user.keyboard('{ArrowDown}{Enter}');
  expect(value).toHaveValue('openid email profile');
  await waitFor(() => expect(bodyNames()?.at(-1)).toBe('scope'));
});

it('moves a row by Alt and an arrow, and keeps the focus in it', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  await user.click(body().getByRole('combobox', { name: 'Body: value of code' }));
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => expect(bodyNames()?.slice(0, 2)).toEqual(['code', 'grant_type']));
  await waitFor(() => expect(body().getByRole('combobox', { name: 'Body: value of code' })).toHaveFocus());
});

it('splits a paste into an empty row, hints at a name that stands twice, and takes an empty row out', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  await user.click(body().getByRole('button', { name: 'Add body field' }));
  const name = await body().findByRole('combobox', { name: 'Body: name 6' });
  await waitFor(() => expect(name).toHaveFocus());
  await user.paste('scope=a%20b&code=2');
  expect(body().getByRole('combobox', { name: 'Body: value of scope' })).toHaveValue('a b');
  expect(body().getAllByText(/“code” stands in two rows/)).toHaveLength(2);

  await user.click(body().getByRole('button', { name: 'Add body field' }));
  await waitFor(() => expect(body().getByRole('combobox', { name: 'Body: name 8' })).toHaveFocus());
  await user.keyboard('{Backspace}');
  expect(body().queryByRole('combobox', { name: 'Body: name 8' })).not.toBeInTheDocument();
});

it('brings a removed row back', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  await user.click(body().getByRole('button', { name: 'Remove body field code' }));
  await waitFor(() => expect(bodyNames()).not.toContain('code'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(bodyNames()?.[1]).toBe('code'));
});

it('shows the request as it will be sent, and what is wrong on its row', async () => {
  previewOf = ({ request }) => ({
    variables: VARIABLES,
    rendered:
      request === 'get_token_request'
        ? {
            method: 'POST',
            url: 'https://p.example/token',
            headers: [{ name: 'Authorization', value: 'Basic base64(me:***)' }],
            body: 'grant_type=authorization_code&code=sample-code',
          }
        : undefined,
    problems:
      request === 'get_token_request'
        ? [
            {
              severity: 'error',
              rule: 'oauth2.variable.unknown',
              path: 'authentication.oauth2.get_token_request.body_fields[1].value',
              message: 'there is no variable {{cod}}',
            },
            {
              severity: 'error',
              rule: 'oauth2.url.empty',
              path: 'authentication.oauth2.get_token_request.url',
              message: 'the request has no URL',
            },
          ]
        : [],
  });
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  const text = await screen.findByRole('group', { name: 'Get token: text of the preview' });
  expect(text).toHaveTextContent('POST https://p.example/token');
  expect(text).toHaveTextContent('Authorization: Basic base64(me:***)');
  expect(text).toHaveTextContent('grant_type=authorization_code&code=sample-code');
  const row = body().getByRole('combobox', { name: 'Body: value of code' });
  expect(row).toHaveAccessibleDescription('There is no variable {{cod}}.');
  expect(row).toBeInvalid();
  expect(body().getByRole('combobox', { name: 'Body: value of grant_type' })).toBeValid();
  // An endpoint that was not entered yet is no mistake until the field was left.
  const endpoint = screen.getByRole('combobox', { name: 'Get token: endpoint' });
  expect(endpoint).toBeValid();
  await user.click(endpoint);
  await user.tab();
  expect(endpoint).toBeInvalid();
});

it('sets where the client secret goes, by one click and back', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  expect(screen.getByRole('radio', { name: 'Body' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'Basic header' }));
  const headers = () => saved()?.authentication.oauth2?.refresh_token_request?.headers;
  await waitFor(() =>
    expect(headers()).toEqual([{ name: 'Authorization', value: 'Basic {{client_id}}:{{client_secret}}' }]),
  );
  expect(screen.getByRole('radio', { name: 'Basic header' })).toBeChecked();
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(saved()?.authentication.oauth2).toEqual(newOAuth2()));
});

it('keeps the three token requests in tabs, and adds and removes the optional ones', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  await user.click(screen.getByRole('tab', { name: 'Test token' }));
  await user.click(await screen.findByRole('button', { name: 'Add the test token request' }));
  expect(await screen.findByRole('combobox', { name: 'Headers: value of Authorization' })).toHaveValue(
    'Bearer {{access_token}}',
  );
  await user.click(screen.getByRole('button', { name: 'Remove this request' }));
  await waitFor(() => expect(saved()?.authentication.oauth2).toEqual(newOAuth2()));
});

it('follows a link to a row of a request that is not on screen', async () => {
  show({ oauth2: newOAuth2() }, 'authentication.oauth2.refresh_token_request.body_fields[1].value');
  const row = await screen.findByRole('combobox', { name: 'Body: value of refresh_token' });
  expect(row).toHaveFocus();
  expect(screen.getByRole('tab', { name: 'Refresh token' })).toHaveAttribute('aria-selected', 'true');
});

it('puts a preset in after saying what it replaces, and takes it back', async () => {
  const user = userEvent.setup();
  const oauth2 = { ...newOAuth2(), client_id: 'mine' };
  oauth2.get_token_request.url = 'https://old.example/token';
  show({ oauth2 });
  await user.click(screen.getByRole('button', { name: 'Presets…' }));
  await user.click(await screen.findByRole('combobox', { name: 'Search presets' }));
  await user.paste('p.example');
  expect(screen.getByRole('group', { name: 'What is replaced' })).toHaveTextContent(
    'POST https://old.example/token → POST https://YOUR_SITE.p.example/token',
  );
  await user.type(screen.getByRole('textbox', { name: 'The name of your site' }), 'acme');
  expect(await accessibilityProblems(screen.getByRole('dialog'))).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Use Provider' }));
  await waitFor(() =>
    expect(saved()?.authentication.oauth2).toMatchObject({
      client_id: 'mine',
      get_token_request: { url: 'https://acme.p.example/token' },
    }),
  );
  expect(await screen.findByText('Preset Provider put in')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(saved()?.authentication).toEqual({ oauth2 }));
});

it('sends a secret to the secret store and keeps it out of app.json and out of the page', async () => {
  const user = userEvent.setup();
  show({ oauth2: newOAuth2() });
  expect(await screen.findByText('Missing')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Client secret, new value'), 's3cret');
  await user.click(screen.getByRole('button', { name: 'Save secret' }));
  expect(await screen.findByText('Saved')).toBeInTheDocument();
  expect(sent).toContainEqual(['set_secret', { app: 'a', name: 'client_secret', value: 's3cret' }]);
  expect(JSON.stringify(sent.filter(([name]) => name !== 'set_secret'))).not.toContain('s3cret');
  expect(document.body.innerHTML).not.toContain('s3cret');
});

it('edits OAuth1: method, requests, variables', async () => {
  const user = userEvent.setup();
  show({ oauth1: newOAuth1() });
  expect(screen.getByRole('radio', { name: 'OAuth1' })).toBeChecked();
  await user.type(screen.getByRole('textbox', { name: 'Consumer key' }), 'k');
  await user.click(screen.getByRole('combobox', { name: 'Signature method' }));
  await user.click(await screen.findByRole('option', { name: 'HMAC-SHA256' }));
  await user.click(screen.getByRole('combobox', { name: 'Request token: endpoint' }));
  await user.paste('https://o.example/r');
  await waitFor(() =>
    expect(saved()?.authentication.oauth1).toMatchObject({
      consumer_key: 'k',
      signature_method: 'HMAC-SHA256',
      request_token_request: { url: 'https://o.example/r' },
    }),
  );
});

it.each([
  ['OAuth2', { oauth2: newOAuth2() }],
  ['OAuth1', { oauth1: newOAuth1() }],
  ['Custom', { custom: { inputs: [{ key: 'api_key', label: 'API key', required: true }] } }],
])('has nothing that axe objects to: %s', async (_, authentication) => {
  const { container } = show(authentication);
  await screen.findByText('No credentials yet');
  expect(await accessibilityProblems(container)).toEqual([]);
});

it('reorders the inputs of a custom form with the keyboard, and says what is wrong with a key', async () => {
  const user = userEvent.setup();
  const input = (key: string) => ({ key, label: key, required: true });
  show({ custom: { inputs: [input('account'), input('api_key')] } });
  await user.click(screen.getByRole('textbox', { name: 'Label of input api_key' }));
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  const keys = () => saved()?.authentication.custom?.inputs.map(({ key }) => key);
  await waitFor(() => expect(keys()).toEqual(['api_key', 'account']));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Label of input api_key' })).toHaveFocus());
  const key = screen.getByRole('textbox', { name: 'Key of input account' });
  await user.clear(key);
  await user.type(key, 'api_key');
  expect(key).toHaveAccessibleDescription(/“api_key” is taken/);
});
