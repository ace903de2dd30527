import { ActionIcon, Button, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { IconLayoutList, IconPlus, IconTrash } from '@tabler/icons-react';

import type { Action } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { KeyInput } from '../../shared/components/KeyInput';
import { Page } from '../../shared/components/Page';
import { SortableRow, SortableRows } from '../../shared/components/SortableRows';
import { useDefinition, useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';
import { freeKey } from '../../shared/keys';
import { inserted, moved, replaced, useRowIds, without } from '../../shared/rows';
import classes from './ActionsTab.module.css';
import { ACTION_TYPES } from './types';

/** What the app offers: type, key and title of each action, in the order shown to people. */
export function ActionsTab() {
  const { actions } = useDefinition();
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();
  const rows = useRowIds(actions.length);
  const keys = actions.map((action) => action.key);

  const add = () => {
    const action: Action = {
      key: freeKey('action', keys),
      title: 'New action',
      type: 'APP_ACTION_TYPE_ACTION',
    };
    rows.onInsert(actions.length);
    edit((app) => ({ ...app, actions: [...app.actions, action] }));
  };
  const change = (index: number, action: Action) =>
    edit((app) => ({ ...app, actions: replaced(app.actions, index, action) }));
  const move = (from: number, to: number) => {
    rows.onMove(from, to);
    edit((app) => ({ ...app, actions: moved(app.actions, from, to) }));
  };
  const remove = (index: number, action: Action) => {
    rows.onRemove(index);
    editWithUndo(
      `Action “${action.title === '' ? action.key : action.title}” removed`,
      (app) => ({ ...app, actions: without(app.actions, index) }),
      (app) => ({ ...app, actions: inserted(app.actions, index, action) }),
    );
  };

  return (
    <Page
      title="Action List"
      text="What people can add to a workspace with this app. The key arrives in every function as context.action_key."
      actions={
        actions.length > 0 && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add action
          </Button>
        )
      }
    >
      {actions.length === 0 ? (
        <EmptyState
          icon={IconLayoutList}
          title="No actions yet"
          text="An app offers at least one action: a step with buttons, an automation, a wait, or a trigger."
        >
          <Button mt={6} leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add the first action
          </Button>
        </EmptyState>
      ) : (
        <div className={classes.table} data-field="actions">
          <div className={classes.head} aria-hidden>
            <span />
            <span>Type</span>
            <span>Key</span>
            <span>Title</span>
            <span />
          </div>
          <SortableRows ids={rows.ids} onMove={move}>
            <div role="list" aria-label="Actions">
              {actions.map((action, index) => {
                const id = rows.ids[index] ?? `row-${index}`;
                const name = `action ${action.key === '' ? index + 1 : action.key}`;
                const field = `actions[${index}]`;
                return (
                  <SortableRow key={id} id={id} label={name}>
                    {(handle, arrows) => (
                      <div className={classes.row} role="listitem" data-field={field}>
                        {handle}
                        <Select
                          aria-label={`Type of ${name}`}
                          data-field={`${field}.type`}
                          data={ACTION_TYPES.map(({ value, label }) => ({ value, label }))}
                          value={action.type}
                          renderOption={({ option }) => <TypeOption value={option.value} />}
                          comboboxProps={{ width: 320, position: 'bottom-start' }}
                          onChange={(value) => {
                            const type = ACTION_TYPES.find((one) => one.value === value)?.value;
                            if (type) change(index, { ...action, type });
                          }}
                        />
                        <KeyInput
                          aria-label={`Key of ${name}`}
                          data-field={`${field}.key`}
                          value={action.key}
                          others={without(keys, index)}
                          onChange={(key) => change(index, { ...action, key })}
                        />
                        <TextInput
                          aria-label={`Title of ${name}`}
                          data-field={`${field}.title`}
                          value={action.title}
                          error={
                            action.title.trim() === '' ? 'A title is needed: people choose by it.' : undefined
                          }
                          onChange={(event) => change(index, { ...action, title: event.currentTarget.value })}
                        />
                        <div className={classes.buttons}>
                          {arrows}
                          <Tooltip label={`Remove ${name}`}>
                            <ActionIcon aria-label={`Remove ${name}`} onClick={() => remove(index, action)}>
                              <IconTrash size={15} stroke={1.7} aria-hidden />
                            </ActionIcon>
                          </Tooltip>
                        </div>
                      </div>
                    )}
                  </SortableRow>
                );
              })}
            </div>
          </SortableRows>
        </div>
      )}
    </Page>
  );
}

function TypeOption({ value }: { value: string }) {
  const type = ACTION_TYPES.find((one) => one.value === value);
  return (
    <div>
      <Text size="sm" fw={500}>
        {type?.label}
      </Text>
      <Text size="xs" c="dimmed">
        {type?.text}
      </Text>
    </div>
  );
}
