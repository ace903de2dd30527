import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';

import type { Diagnostic, NameValue, TemplateVariable } from '../../generated/api';
import { SortableRow, SortableRows } from '../../shared/components/SortableRows';
import { inserted, moved, replaced, useRowIds, without } from '../../shared/rows';
import { NameValueRow } from './NameValueRow';
import { pastedRows } from './pastedRows';
import { ProblemLines, problemsAt } from './problems';
import { usualNames, usualValues, type RowList } from './suggestions';

interface NameValueRowsProps {
  /** What the rows are, such as "Headers". */
  title: string;
  /** One of them, in lower case: "header". */
  singular: string;
  list: RowList;
  /** Path in app.json. */
  field: string;
  rows: readonly NameValue[];
  onChange: (change: (rows: readonly NameValue[]) => NameValue[]) => void;
  /** The same for a row that is taken out, with the way to put it back. */
  onRemove: (
    label: string,
    change: (rows: readonly NameValue[]) => NameValue[],
    revert: (rows: readonly NameValue[]) => NameValue[],
  ) => void;
  variables: readonly TemplateVariable[];
  oauth1: boolean;
  problems: readonly Diagnostic[];
}

/**
 * Names with values; the values are templates. Keys: Enter goes on, and to a new row behind the last one; Alt with an arrow moves
 * the row; Backspace takes an empty row out. A paste of `a=b&c=d` or of lines into an empty row becomes rows.
 */
export function NameValueRows(props: NameValueRowsProps) {
  const { title, singular, list, field, rows, onChange, variables, oauth1, problems } = props;
  const ids = useRowIds(rows.length);
  const root = useRef<HTMLDivElement>(null);
  const same = (name: string) => (list === 'headers' ? name.trim().toLowerCase() : name);
  const names = rows.map((row) => row.name);

  const focus = (index: number, part: 'name' | 'value') =>
    requestAnimationFrame(() => {
      const row = root.current?.querySelectorAll('[data-row]')[index];
      row?.querySelector<HTMLInputElement>(`input[data-part="${part}"]`)?.focus();
    });
  const add = (index = rows.length) => {
    ids.onInsert(index);
    onChange((now) => inserted(now, index, { name: '', value: '' }));
    focus(index, 'name');
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length) return;
    ids.onMove(from, to);
    onChange((now) => moved(now, from, to));
  };
  const remove = (index: number) => {
    const row = rows[index];
    if (!row) return;
    ids.onRemove(index);
    const change = (now: readonly NameValue[]) => without(now, index);
    if (row.name === '' && row.value === '') onChange(change);
    else {
      const which = row.name === '' ? '' : ` “${row.name}”`;
      props.onRemove(
        `${singular.charAt(0).toUpperCase()}${singular.slice(1)}${which} removed`,
        change,
        (now) => inserted(now, index, row),
      );
    }
    if (rows.length > 1) focus(Math.max(0, index - 1), 'value');
  };
  const paste = (index: number, text: string, least: number): boolean => {
    const pasted = pastedRows(text);
    if (!pasted || pasted.length < least) return false;
    pasted.slice(1).forEach((_, at) => ids.onInsert(index + 1 + at));
    onChange((now) => [...now.slice(0, index), ...pasted, ...now.slice(index + 1)]);
    focus(index + pasted.length - 1, 'value');
    return true;
  };

  return (
    <div ref={root} data-field={field} role="group" aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {title}
          {rows.length === 0 && (
            <Text span size="xs" c="dimmed" ml={8}>
              none
            </Text>
          )}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          aria-label={`Add ${singular}`}
          onClick={() => add()}
        >
          Add
        </Button>
      </Group>
      <SortableRows ids={ids.ids} onMove={move}>
        {rows.map((row, index) => {
          const which = `${singular} ${row.name === '' ? String(index + 1) : row.name}`;
          const id = ids.ids[index] ?? `row-${String(index)}`;
          const twice =
            row.name !== '' && names.some((name, at) => at !== index && same(name) === same(row.name));
          return (
            <SortableRow key={id} id={id} label={which}>
              {(handle) => (
                <NameValueRow
                  handle={rows.length > 1 ? handle : undefined}
                  title={title}
                  which={which}
                  index={index}
                  count={rows.length}
                  field={`${field}[${String(index)}]`}
                  row={row}
                  twice={twice}
                  names={usualNames(list, oauth1, without(names, index))}
                  values={usualValues(row.name, variables, oauth1)}
                  variables={variables}
                  problems={problems}
                  onChange={(changed) =>
                    onChange((now) => replaced(now, index, { ...now[index], ...changed }))
                  }
                  onMove={(by) => {
                    move(index, index + by);
                  }}
                  onRemove={() => remove(index)}
                  onNext={() => (index === rows.length - 1 ? add() : focus(index + 1, 'name'))}
                  onPaste={(text, least) => paste(index, text, least)}
                />
              )}
            </SortableRow>
          );
        })}
      </SortableRows>
      <ProblemLines {...problemsAt(problems, field)} />
    </div>
  );
}
