import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { App, AppView, Diagnostic, SaveDefinition, SaveResult } from '../generated/api';
import { invoke } from '../platform/invoke';
import { createQueryClient } from '../shared/queries';
import { accessibilityProblems } from '../test-axe';
import { AppWindow } from './AppWindow';

vi.mock('../platform/invoke', () => ({ invoke: vi.fn() }));
// The editor and the preview have tests of their own, and need more of a browser than there is here.
vi.mock('../features/function/FunctionTab', () => ({ FunctionTab: () => <p>the editor</p> }));
vi.mock('../features/preview/PreviewPane', () => ({ PreviewPane: () => <p>the preview</p> }));

let view: AppView;
let save: (request: SaveDefinition) => SaveResult;
let problems: Diagnostic[];
const onBack = vi.fn();

const definition: App = {
  name: 'Acme',
  actions: [{ key: 'send', title: 'Send', type: 'APP_ACTION_TYPE_ACTION' }],
  authentication: {},
  webhook_function: { by_zip: false },
};

beforeEach(() => {
  onBack.mockReset();
  problems = [];
  view = {
    id: 'a',
    path: '/apps/acme',
    definition,
    definition_version: '1',
    answers: [],
    redirect_uri: '',
    notices: [],
  };
  save = (request) => {
    view = { ...view, definition: request.definition, definition_version: '2' };
    return { kind: 'saved', version: '2' };
  };
  vi.mocked(invoke).mockImplementation((name, body) => {
    const answers: Record<string, () => unknown> = {
      read_app: () => view,
      save_definition: () => save(body as SaveDefinition),
      save_definition_text: () => {
        view = { ...view, definition, definition_version: '3' };
        return { kind: 'saved', version: '3' };
      },
      check_app: () => problems,
    };
    const answer = answers[name];
    if (!answer) return Promise.reject(new Error(`no answer for ${name}`));
    // Inside the promise: an answer that throws is a command that fails.
    return Promise.resolve().then(() => answer() as never);
  });
});

function show() {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider>
        <ModalsProvider>
          <Notifications />
          <AppWindow appId="a" onBack={onBack} onSettings={() => undefined} />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('names the eight tabs, and shows which function is switched off', async () => {
  const user = userEvent.setup();
  show();
  const tabs = await screen.findAllByRole('tab');
  expect(tabs.map((tab) => tab.getAttribute('aria-label'))).toEqual([
    'Basic Info',
    'Action List',
    'Authorization',
    'Identity Function',
    'Build Function',
    'Action Function',
    'Redirect Function',
    'Webhook Function',
  ]);
  expect(screen.getByRole('switch', { name: 'Redirect Function on' })).not.toBeChecked();
  expect(screen.getByRole('switch', { name: 'Webhook Function on' })).toBeChecked();
  await user.click(screen.getByRole('tab', { name: 'Redirect Function' }));
  expect(screen.getByRole('button', { name: 'Switch on' })).toBeInTheDocument();
});

it('has names, roles and an order that a screen reader can follow', async () => {
  show();
  await screen.findAllByRole('tab');
  expect(await accessibilityProblems(document.body)).toEqual([]);
});

it('shows both texts of a conflict and saves mine only when told to', async () => {
  const user = userEvent.setup();
  const written: SaveDefinition[] = [];
  save = (request) => {
    if (request.base_version !== '9') {
      return { kind: 'conflict', current_version: '9', current_text: '{"name": "Theirs"}' };
    }
    written.push(request);
    view = { ...view, definition: request.definition, definition_version: '10' };
    return { kind: 'saved', version: '10' };
  };
  show();
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), ' 2');
  const dialog = await screen.findByRole('dialog', { name: 'app.json changed on disk' });
  expect(within(dialog).getByRole('cell', { name: /Only in Mine.*Acme 2/ })).toBeInTheDocument();
  expect(within(dialog).getByRole('cell', { name: /Only in Theirs.*"Theirs"/ })).toBeInTheDocument();
  expect(written).toEqual([]);

  await user.click(within(dialog).getByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(written.map((request) => request.definition.name)).toEqual(['Acme 2']));
});

it('does not leave over an edit that could not be saved, without asking', async () => {
  const user = userEvent.setup();
  save = () => {
    throw new Error('No space left on device');
  };
  show();
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), '!');
  await user.click(screen.getByRole('button', { name: 'Back to start' }));
  expect(await screen.findByText('No space left on device')).toBeInTheDocument();
  expect(onBack).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Leave without saving' }));
  expect(onBack).toHaveBeenCalled();
});

it('leads from a problem to its field', async () => {
  const user = userEvent.setup();
  problems = [
    {
      severity: 'error',
      rule: 'r',
      path: 'actions[0].title',
      message: 'The title says nothing.',
      file: 'app.json',
    },
  ];
  show();
  await user.click(await screen.findByRole('button', { name: '1 problem: 1 error' }));
  await user.click(screen.getByRole('button', { name: /The title says nothing/ }));
  expect(screen.getByRole('tab', { name: 'Action List' })).toHaveAttribute('aria-selected', 'true');
  expect(screen.getByRole('textbox', { name: 'Title of action send' })).toHaveFocus();
});

it('opens an app.json that cannot be read for repair, and shows the tabs once it can', async () => {
  const user = userEvent.setup();
  view = {
    ...view,
    definition_text: '{"name": }',
    problem: {
      severity: 'error',
      rule: 'app.json',
      path: 'name',
      message: 'Expected a value',
      file: 'app.json',
      line: 1,
      column: 10,
    },
  };
  delete view.definition;
  show();
  expect(await screen.findByText('Expected a value')).toBeInTheDocument();
  expect(screen.getByText('app.json:1:10')).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: 'app.json' }), ' ');
  await user.click(screen.getByRole('button', { name: 'Save and open' }));
  expect(await screen.findByRole('tab', { name: 'Basic Info' })).toBeInTheDocument();
});
