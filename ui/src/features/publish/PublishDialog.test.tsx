import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { App, AppView, Publish, Published, PublishPlan, ServerView } from '../../generated/api';
import { invoke } from '../../platform/invoke';
import { DraftProvider } from '../../shared/draft/DraftContext';
import { NavigationProvider, type Place } from '../../shared/navigation';
import { createQueryClient, invalidateFor } from '../../shared/queries';
import { PublishDialog } from './PublishDialog';

vi.mock('../../platform/invoke', () => ({ invoke: vi.fn() }));

const definition: App = { name: 'A', actions: [], authentication: {} };
const view: AppView & { definition: App } = {
  id: 'a',
  path: '/a',
  definition,
  definition_version: '1',
  answers: [],
  redirect_uri: '',
  notices: [],
};
const local: ServerView = {
  id: 'local',
  name: 'Local server',
  url: 'http://127.0.0.1:9',
  local: true,
  running: true,
  has_token: true,
};
const published: Published = {
  app_id: 'app-7',
  steps: [{ what: 'app', change: 'create', detail: '' }],
  version_id: 'v-1',
  version_status: 'APP_VERSION_STATUS_INITIAL',
};

let plan: PublishPlan;
let servers: ServerView[];
let publish: (request: Publish) => Promise<Published>;
let client: QueryClient;
const onClose = vi.fn();
const goTo = vi.fn<(place: Place) => void>();

beforeEach(() => {
  onClose.mockReset();
  goTo.mockReset();
  servers = [local];
  plan = {
    steps: [
      { what: 'app', change: 'create', detail: 'name' },
      { what: 'logo', change: 'unchanged', detail: '' },
      { what: 'functions/build', change: 'create', detail: '2 KB' },
    ],
    blockers: [],
  };
  publish = () => Promise.resolve(published);
  client = createQueryClient();
  vi.mocked(invoke).mockImplementation((name, body) => {
    const answers: Record<string, () => unknown> = {
      list_servers: () => servers,
      plan_publish: () => plan,
      publish: () => publish(body as Publish),
      read_app: () => view,
      start_local_server: () => {
        servers = [local];
        return local;
      },
    };
    return Promise.resolve().then(() => {
      const answer = answers[name];
      if (!answer) throw new Error(`no answer for ${name}`);
      return answer() as never;
    });
  });
});

function show() {
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <Notifications />
        <NavigationProvider value={{ arrival: { tab: 'basics', serial: 0 }, goTo }}>
          <DraftProvider view={view}>
            <PublishDialog appId="a" opened onClose={onClose} />
          </DraftProvider>
        </NavigationProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows the plan, follows publishing part by part, and says what was done', async () => {
  const user = userEvent.setup();
  let finish: (done: Published) => void = () => undefined;
  const asked: Publish[] = [];
  publish = (request) => {
    asked.push(request);
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  show();
  const table = await screen.findByRole('table', { name: 'Plan' });
  expect(
    within(table)
      .getAllByRole('row')
      .map((row) => row.textContent),
  ).toEqual(['CreateBasic info and actionsname', 'UnchangedLogo', 'CreateBuild Function2 KB']);
  await user.click(screen.getByRole('checkbox', { name: 'Request a version' }));
  const button = screen.getByRole('button', { name: 'Create on server' });
  expect(button).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: 'Version label' }), '1.0');
  await user.click(button);

  const status = await screen.findByText(/0 of 3 parts are there/);
  act(() => invalidateFor(client, { kind: 'publish_progress', app: 'a', what: 'app', done: false }));
  act(() => invalidateFor(client, { kind: 'publish_progress', app: 'other', what: 'version', done: true }));
  const rows = within(table).getAllByRole('row');
  expect(await within(rows[0] as HTMLElement).findByRole('img', { name: 'Running' })).toBeInTheDocument();
  act(() => invalidateFor(client, { kind: 'publish_progress', app: 'a', what: 'app', done: true }));
  await waitFor(() => expect(status).toHaveTextContent('1 of 3'));
  expect(within(rows[0] as HTMLElement).getByRole('img', { name: 'Done' })).toBeInTheDocument();
  expect(within(rows[2] as HTMLElement).getByRole('img', { name: 'Waiting' })).toBeInTheDocument();
  expect(within(rows[1] as HTMLElement).queryByRole('img')).not.toBeInTheDocument();
  await user.keyboard('{Escape}');
  expect(onClose).not.toHaveBeenCalled();

  finish(published);
  expect(await screen.findByText('Published to Local server')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'App id' })).toHaveValue('app-7');
  expect(asked).toEqual([{ app: 'a', server: 'local', version_label: '1.0' }]);
});

it('leads to what the server would refuse, and does not publish it', async () => {
  const user = userEvent.setup();
  plan.blockers = [
    { severity: 'error', rule: 'r', path: 'actions[0].key', message: 'Two keys are equal', file: 'app.json' },
  ];
  show();
  await user.click(await screen.findByRole('button', { name: 'Two keys are equal' }));
  expect(goTo).toHaveBeenCalledWith(expect.objectContaining({ tab: 'actions', field: 'actions[0].key' }));
  expect(onClose).toHaveBeenCalled();
  expect(screen.getByRole('button', { name: 'Create on server' })).toBeDisabled();
});

it('keeps the dialog with the reason when publishing fails', async () => {
  const user = userEvent.setup();
  publish = () => Promise.reject(new Error('403: the token may not do this'));
  show();
  await user.click(await screen.findByRole('button', { name: 'Create on server' }));
  expect(await screen.findByText('403: the token may not do this')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Create on server' })).toBeEnabled();
});

it('starts the local server, and plans then', async () => {
  const user = userEvent.setup();
  servers = [{ ...local, running: false, url: '' }];
  show();
  expect(await screen.findByText(/It is off/)).toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Start local server' }));
  expect(await screen.findByRole('table', { name: 'Plan' })).toBeInTheDocument();
});
