import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconForms, IconPlus, IconTrash } from '@tabler/icons-react';

import type { App, Custom, CustomInput } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { KeyInput } from '../../shared/components/KeyInput';
import { Section } from '../../shared/components/Page';
import { SortableRow, SortableRows } from '../../shared/components/SortableRows';
import { useDefinition, useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';
import { secretLooking } from '../../shared/authorization/secretLooking';
import { freeKey } from '../../shared/keys';
import { inserted, moved, replaced, useRowIds, without } from '../../shared/rows';
import classes from './AuthorizationTab.module.css';
import { Foreign } from '../../shared/components/Foreign';

const FIELD = 'authentication.custom.inputs';

function withInputs(how: (inputs: readonly CustomInput[]) => CustomInput[]) {
  return (app: App): App => {
    const { custom } = app.authentication;
    return custom
      ? {
          ...app,
          authentication: { ...app.authentication, custom: { ...custom, inputs: how(custom.inputs) } },
        }
      : app;
  };
}

/** Custom authorization: the inputs that the Creator is asked for, and the form they make. */
export function CustomEditor({ custom }: { custom: Custom }) {
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();
  const { name } = useDefinition();
  const { inputs } = custom;
  const rows = useRowIds(inputs.length);
  const keys = inputs.map((input) => input.key);

  const add = () => {
    rows.onInsert(inputs.length);
    const input: CustomInput = { key: freeKey('api_key', keys), label: 'API key', required: true };
    edit(withInputs((now) => [...now, input]));
  };
  const change = (index: number, input: CustomInput) =>
    edit(withInputs((now) => replaced(now, index, input)));
  const move = (from: number, to: number) => {
    rows.onMove(from, to);
    edit(withInputs((now) => moved(now, from, to)));
  };
  const remove = (index: number, input: CustomInput) => {
    rows.onRemove(index);
    editWithUndo(
      `Input “${input.label === '' ? input.key : input.label}” removed`,
      withInputs((now) => without(now, index)),
      withInputs((now) => inserted(now, index, input)),
    );
  };

  if (inputs.length === 0) {
    return (
      <EmptyState
        icon={IconForms}
        title="No inputs yet"
        text="Ask for what the external service needs, such as an API key. Functions find each value as credential.custom.KEY."
      >
        <Button mt={6} leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          Add the first input
        </Button>
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <div>
        <div className={classes.inputs} data-field={FIELD}>
          <SortableRows ids={rows.ids} onMove={move}>
            <div role="list" aria-label="Inputs">
              {inputs.map((input, index) => {
                const id = rows.ids[index] ?? `row-${index}`;
                const which = `input ${input.key === '' ? index + 1 : input.key}`;
                const field = `${FIELD}[${index}]`;
                return (
                  <SortableRow key={id} id={id} label={which}>
                    {(handle, arrows) => (
                      <div
                        className={classes.input}
                        role="listitem"
                        data-field={field}
                        onKeyDown={(event) => {
                          const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                          const to = index + by;
                          if (!event.altKey || by === 0 || to < 0 || to >= inputs.length) return;
                          event.preventDefault();
                          const { target } = event;
                          move(index, to);
                          // A row that moves in the document loses the focus on its way.
                          requestAnimationFrame(() => target instanceof HTMLElement && target.focus());
                        }}
                      >
                        {handle}
                        <KeyInput
                          label="Key"
                          aria-label={`Key of ${which}`}
                          data-field={`${field}.key`}
                          value={input.key}
                          others={without(keys, index)}
                          onChange={(key) => change(index, { ...input, key })}
                        />
                        <TextInput
                          label="Label"
                          aria-label={`Label of ${which}`}
                          data-field={`${field}.label`}
                          value={input.label}
                          error={input.label.trim() === '' ? 'A label is needed.' : undefined}
                          onChange={(event) => change(index, { ...input, label: event.currentTarget.value })}
                        />
                        <div className={classes.buttons}>
                          {arrows}
                          <Tooltip label={`Remove ${which}`}>
                            <ActionIcon aria-label={`Remove ${which}`} onClick={() => remove(index, input)}>
                              <IconTrash size={15} stroke={1.7} aria-hidden />
                            </ActionIcon>
                          </Tooltip>
                        </div>
                        <Group className={classes.wide ?? ''} wrap="nowrap" align="center">
                          <TextInput
                            aria-label={`Tip of ${which}`}
                            placeholder="Tip: where to find it, what it looks like"
                            data-field={`${field}.tip`}
                            value={input.tip ?? ''}
                            style={{ flex: 1 }}
                            onChange={(event) => {
                              const tip = event.currentTarget.value;
                              change(index, { ...input, tip: tip === '' ? undefined : tip });
                            }}
                          />
                          <Checkbox
                            label="Required"
                            aria-label={`Required: ${which}`}
                            data-field={`${field}.required`}
                            checked={input.required}
                            onChange={(event) =>
                              change(index, { ...input, required: event.currentTarget.checked })
                            }
                          />
                        </Group>
                      </div>
                    )}
                  </SortableRow>
                );
              })}
            </div>
          </SortableRows>
        </div>
        <Button mt="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          Add input
        </Button>
      </div>
      <Section
        title="As the Creator sees it"
        text="The form that opens when someone adds the app to a workspace."
      >
        <div className={classes.preview}>
          <div className={classes.sheet} role="group" aria-label="Preview of the authorization form">
            <Title order={3} mb="sm">
              Connect {name === '' ? 'the app' : <Foreign text={name} />}
            </Title>
            <SimpleGrid cols={1} spacing="sm">
              {inputs.map((input, index) => {
                const Field = secretLooking(input) ? PasswordInput : TextInput;
                return (
                  <Field
                    key={rows.ids[index] ?? index}
                    label={input.label === '' ? input.key : input.label}
                    description={input.tip}
                    withAsterisk={input.required}
                    readOnly
                    tabIndex={-1}
                  />
                );
              })}
            </SimpleGrid>
            <Text mt="md" size="xs" c="dimmed">
              * required
            </Text>
          </div>
        </div>
      </Section>
    </Stack>
  );
}
