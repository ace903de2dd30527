import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { moved } from '../rows';
import { SortableRow, SortableRows } from './SortableRows';

/** Each row is 40 pixels high: what jsdom, which lays nothing out, cannot know. */
beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const row = this.closest('.row');
    const at = row?.parentElement ? [...row.parentElement.children].indexOf(row) : 0;
    return new DOMRect(0, at * 40, 200, row === null ? 400 : 40);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function Rows() {
  const [ids, setIds] = useState(['a', 'b', 'c']);
  return (
    <MantineProvider>
      <SortableRows ids={ids} onMove={(from, to) => setIds(moved(ids, from, to))}>
        <div>
          {ids.map((id) => (
            <SortableRow key={id} id={id} className="row" label={`row ${id}`}>
              {(handle, arrows) => (
                <>
                  {handle}
                  <span data-testid="name">{id}</span>
                  {arrows}
                </>
              )}
            </SortableRow>
          ))}
        </div>
      </SortableRows>
    </MantineProvider>
  );
}

const order = () => screen.getAllByTestId('name').map((name) => name.textContent);

it('moves a row by its arrow buttons, keeps the focus on them, and stops at the ends', async () => {
  const user = userEvent.setup();
  render(<Rows />);
  const down = screen.getByRole('button', { name: 'Move row a down' });
  down.focus();
  await user.keyboard('{Enter}');
  expect(order()).toEqual(['b', 'a', 'c']);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Move row a down' })).toHaveFocus());
  await user.keyboard('{Enter}{Enter}');
  expect(order()).toEqual(['b', 'c', 'a']);
  expect(screen.getByRole('button', { name: 'Move row a down' })).toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByRole('button', { name: 'Move row a down' })).toHaveFocus();
});

it('moves a row that is dragged by its handle, and leaves it where it was when Escape is pressed', async () => {
  render(<Rows />);
  const handle = () => screen.getAllByTitle('Drag to reorder')[0] as HTMLElement;
  const drag = async (to: number, end: () => void) => {
    fireEvent.pointerDown(handle(), { isPrimary: true, button: 0, clientX: 5, clientY: 20 });
    fireEvent.pointerMove(document, { clientX: 5, clientY: 30 });
    // The sensor begins after the first move; the places are measured then.
    await waitFor(() => expect(handle()).toHaveStyle({ cursor: 'grabbing' }));
    fireEvent.pointerMove(document, { clientX: 5, clientY: to });
    await new Promise((resolve) => setTimeout(resolve, 60));
    end();
  };
  await drag(100, () => fireEvent.keyDown(document, { key: 'Escape', code: 'Escape' }));
  await waitFor(() => expect(handle()).toHaveStyle({ cursor: 'grab' }));
  expect(order()).toEqual(['a', 'b', 'c']);
  await drag(100, () => fireEvent.pointerUp(document));
  await waitFor(() => expect(order()).toEqual(['b', 'c', 'a']));
});
