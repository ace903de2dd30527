import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';

import type { Diagnostic, NameValue, TemplateVariable } from '../../generated/api';
import classes from './NameValueRows.module.css';
import { problemProps, problemsAt } from './problems';
import type { Suggestion } from './suggestions';
import { TemplateInput } from './TemplateInput';

interface NameValueRowProps {
  /** Drags the row. */
  handle: ReactNode;
  /** What the rows are, such as "Headers". */
  title: string;
  /** This one: `header Accept`. */
  which: string;
  index: number;
  count: number;
  field: string;
  row: NameValue;
  /** Its name stands in another row, too. */
  twice: boolean;
  names: readonly Suggestion[];
  values: readonly Suggestion[];
  variables: readonly TemplateVariable[];
  problems: readonly Diagnostic[];
  onChange: (row: NameValue) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onNext: () => void;
  /** Gives whether the text became rows; a value takes a single `a=b` as it is. */
  onPaste: (text: string, least: number) => boolean;
}

/** A name with its value. */
export function NameValueRow(props: NameValueRowProps) {
  const { handle, title, which, index, count, field, row, twice, onChange, onMove, onRemove, onNext } = props;
  const blank = row.name === '' && row.value === '';
  const at = problemsAt(props.problems, `${field}.name`);
  const own = problemsAt(props.problems, field);
  const name = {
    error: at.error ?? own.error,
    warning:
      at.warning ?? own.warning ?? (twice ? `“${row.name}” stands in two rows: both are sent.` : undefined),
  };
  const value = problemsAt(props.problems, `${field}.value`);

  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const vertical = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (event.altKey && vertical !== undefined) {
      event.preventDefault();
      const input = event.currentTarget;
      onMove(vertical);
      // A row that moves in the document loses the focus on its way.
      requestAnimationFrame(() => input.focus());
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const next = event.currentTarget.dataset.part === 'name';
      if (next)
        event.currentTarget.closest('[data-row]')?.querySelector<HTMLElement>('[data-part=value]')?.focus();
      else onNext();
    } else if (event.key === 'Backspace' && blank) {
      event.preventDefault();
      onRemove();
    }
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const least = event.currentTarget.dataset.part === 'name' ? 1 : 2;
    if (blank && props.onPaste(event.clipboardData.getData('text'), least)) event.preventDefault();
  };

  return (
    <div className={classes.row} data-field={field} data-row>
      <span className={classes.handle}>{handle}</span>
      <TemplateInput
        className={classes.name}
        aria-label={`${title}: name ${String(index + 1)}`}
        placeholder="Name"
        data-part="name"
        data-field={`${field}.name`}
        value={row.name}
        usual={props.names}
        {...problemProps(name)}
        onKeyDown={keyDown}
        onPaste={paste}
        onChange={(text) => onChange({ ...row, name: text })}
      />
      <TemplateInput
        className={classes.value}
        aria-label={`${title}: value of ${row.name === '' ? `row ${String(index + 1)}` : row.name}`}
        placeholder="Value"
        data-part="value"
        data-field={`${field}.value`}
        value={row.value}
        variables={props.variables}
        usual={props.values}
        {...problemProps(value)}
        onKeyDown={keyDown}
        onPaste={paste}
        onChange={(text) => onChange({ ...row, value: text })}
      />
      <div className={classes.buttons}>
        <Tooltip label="Remove">
          <ActionIcon aria-label={`Remove ${which}`} onClick={onRemove}>
            <IconTrash size={15} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Move ${which}`} style={{ visibility: count < 2 ? 'hidden' : 'visible' }}>
              <IconDots size={15} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconArrowUp size={14} aria-hidden />}
              rightSection={<kbd>Alt ↑</kbd>}
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={14} aria-hidden />}
              rightSection={<kbd>Alt ↓</kbd>}
              disabled={index === count - 1}
              onClick={() => onMove(1)}
            >
              Move down
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
