import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';

import type { NameValue } from '../../generated/api';
import { inserted, replaced, useRowIds, without } from '../../shared/rows';
import { TemplateInput } from './TemplateInput';
import type { TemplateVariable } from './templates';

interface NameValueRowsProps {
  /** What the rows are, such as "Headers". */
  title: string;
  /** One of them, in lower case: "header". */
  singular: string;
  /** Path in app.json. */
  field: string;
  rows: readonly NameValue[];
  onChange: (change: (rows: readonly NameValue[]) => NameValue[]) => void;
  variables: readonly TemplateVariable[];
}

/** Names with values; the values are templates. A row keeps its focus while it is edited and others come and go. */
export function NameValueRows({ title, singular, field, rows, onChange, variables }: NameValueRowsProps) {
  const ids = useRowIds(rows.length);
  const root = useRef<HTMLDivElement>(null);

  const add = () => {
    ids.onInsert(rows.length);
    onChange((now) => inserted(now, now.length, { name: '', value: '' }));
    requestAnimationFrame(() => {
      const names = root.current?.querySelectorAll<HTMLInputElement>('input[data-part="name"]');
      names?.[names.length - 1]?.focus();
    });
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
          onClick={add}
        >
          Add
        </Button>
      </Group>
      <Stack gap={6}>
        {rows.map((row, index) => (
          <Group
            key={ids.ids[index] ?? index}
            gap={6}
            wrap="nowrap"
            align="flex-start"
            data-field={`${field}[${index}]`}
          >
            <TextInput
              aria-label={`${title}: name ${index + 1}`}
              placeholder="Name"
              data-part="name"
              data-field={`${field}[${index}].name`}
              value={row.name}
              spellCheck={false}
              autoComplete="off"
              style={{ flex: '0 1 34%', minWidth: 100 }}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              onChange={(event) => {
                const name = event.currentTarget.value;
                onChange((now) => replaced(now, index, { ...row, name }));
              }}
            />
            <TemplateInput
              aria-label={`${title}: value of ${row.name === '' ? `row ${index + 1}` : row.name}`}
              placeholder="Value"
              data-field={`${field}[${index}].value`}
              value={row.value}
              variables={variables}
              style={{ flex: 1, minWidth: 0 }}
              onChange={(value) => onChange((now) => replaced(now, index, { ...row, value }))}
            />
            <Tooltip label="Remove">
              <ActionIcon
                mt={4}
                aria-label={`Remove ${singular} ${row.name === '' ? index + 1 : row.name}`}
                onClick={() => {
                  ids.onRemove(index);
                  onChange((now) => without(now, index));
                }}
              >
                <IconTrash size={15} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        ))}
      </Stack>
    </div>
  );
}
