import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { FlowRunView, SaveDiagram } from '../../../generated/api';
import { invoke } from '../../../platform/invoke';
import { createQueryClient } from '../../../shared/queries';
import { accessibilityProblems } from '../../../test-axe';
import { called, said } from '../diagram/fixtures';
import { TimelineView } from './TimelineView';

vi.mock('../../../platform/invoke', () => ({ invoke: vi.fn() }));

/** As in the app's theme. */
const named = { components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } } } };
const RUN: FlowRunView = {
  id: 'run-1',
  app: 'app-1',
  action_key: 'sign',
  action_title: 'Sign: it / now',
  action_type: 'APP_ACTION_TYPE_AUTOMATION',
  view: {
    action_key: 'sign',
    action_type: 'APP_ACTION_TYPE_AUTOMATION',
    stage: 'run',
    status: 'running',
    waiting_for: { type: 'call', function: 'action' },
    chat: [],
    notices: [],
    variables: [],
    started_flows: [],
    can_retry: false,
  },
  messages: [
    said(1, 'C->>CL: Add app to workspace', { stage: 'authorization' }),
    ...called(2, 'build', 'one', [200]),
    said(9, 'CL-->>S: Create the step'),
  ],
  busy: true,
  redirect_url: '',
  webhook_url: '',
  created_at: 0,
  updated_at: 9,
};

let taken: boolean;
let saves: SaveDiagram[];

beforeEach(() => {
  localStorage.clear();
  taken = false;
  saves = [];
  vi.mocked(invoke).mockImplementation((name, body) => {
    if (name === 'export_mermaid') return Promise.resolve({ text: `mermaid of ${JSON.stringify(body)}` });
    if (name !== 'save_diagram') return Promise.reject(new Error(`unexpected ${name}`));
    const request = body as SaveDiagram;
    saves.push(request);
    const path = `${request.folder}/${request.name}`;
    return Promise.resolve({ kind: taken && !request.replace ? 'exists' : 'saved', path });
  });
});

function show(run: FlowRunView = RUN) {
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider theme={named}>
        <Notifications />
        <main>
          <TimelineView run={run} />
        </main>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('is a diagram or a list, as it was left', async () => {
  const user = userEvent.setup();
  const { unmount } = show();
  expect(screen.getByText('5 messages')).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Diagram' })).toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: 'List' }));
  expect(screen.getByRole('list', { name: 'Timeline' })).toBeInTheDocument();
  unmount();
  show();
  expect(screen.getByRole('list', { name: 'Timeline' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'HTTP requests' })).not.toBeInTheDocument();
});

it('unfolds all requests at once, and shows the call that is going on', async () => {
  const user = userEvent.setup();
  const { container } = show();
  expect(screen.queryByRole('button', { name: /Status 200/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'HTTP requests' }));
  expect(screen.getByRole('button', { name: /Status 200/ })).toBeInTheDocument();
  expect(container.querySelector('[data-row=running]')).toHaveTextContent('action()');
});

it('says that there is nothing yet', () => {
  show({ ...RUN, messages: [] });
  expect(screen.getByText('No messages yet')).toBeInTheDocument();
});

it('saves Mermaid and SVG under a name that files can have, and asks before it replaces one', async () => {
  const user = userEvent.setup();
  show();
  await user.click(screen.getByRole('button', { name: 'Export diagram' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('button', { name: 'Save' })).toBeDisabled();
  expect(within(dialog).getByLabelText('File name')).toHaveValue('sign-it-now-1970-01-01-00-00');
  await user.type(within(dialog).getByLabelText('Save in'), '/there');
  expect(await accessibilityProblems(dialog)).toEqual([]);
  taken = true;
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await user.click(await within(dialog).findByRole('button', { name: 'Replace it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  const mermaid = {
    folder: '/there',
    name: 'sign-it-now-1970-01-01-00-00.mmd',
    content: { kind: 'mermaid', flow_run: 'run-1', requests: false },
  };
  expect(saves).toEqual([
    { ...mermaid, replace: false },
    { ...mermaid, replace: true },
  ]);

  // The folder is remembered.
  taken = false;
  await user.click(screen.getByRole('button', { name: 'Export diagram' }));
  const again = await screen.findByRole('dialog');
  await user.click(within(again).getByRole('radio', { name: 'SVG' }));
  await user.click(within(again).getByRole('switch', { name: /HTTP requests/ }));
  await user.click(within(again).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saves).toHaveLength(3));
  const { folder, name, content } = saves[2] ?? {};
  expect([folder, name, content?.kind]).toEqual(['/there', 'sign-it-now-1970-01-01-00-00.svg', 'svg']);
  const text = content?.kind === 'svg' ? content.text : '';
  expect(text).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(text).toContain('Status 200');
  expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/var\(|https?:|class=|href|url\(/);
});

it('says what went wrong and keeps what was typed', async () => {
  const user = userEvent.setup();
  vi.mocked(invoke).mockRejectedValue(new Error('/there is no folder on this machine'));
  show();
  await user.click(screen.getByRole('button', { name: 'Export diagram' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Save in'), '/there');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText(/is no folder on this machine/)).toBeInTheDocument();
  expect(within(dialog).getByLabelText('Save in')).toHaveValue('/there');
});
