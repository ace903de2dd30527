import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { FlowRunView } from '../../generated/api';
import { useRunCommand } from './useRunCommand';

/** A role of the flow template becomes a person, as when the flow starts. */
export function FillRole({ run, onDone }: { run: FlowRunView; onDone: () => void }) {
  const { move, pending } = useRunCommand();
  const [role, setRole] = useState(
    run.view.card?.steps.find((step) => step.is_role && step.status == null)?.assignee_id ?? '',
  );
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const missing = role.trim() === '' || name.trim() === '';
  const submit = async () => {
    const id = `user-${name.trim().toLowerCase().replace(/\W+/g, '-')}`;
    const user = { id, name: name.trim(), ...(email.trim() === '' ? {} : { email: email.trim() }) };
    const done = await move('The role could not be filled', () =>
      commands.assignRole({ flow_run: run.id, role: role.trim(), user }),
    );
    if (done) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void submit();
      }}
    >
      <Stack>
        <TextInput
          label="Role"
          description="Its id in the flow template"
          required
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label="E-mail" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <Button type="submit" disabled={missing} loading={pending} style={{ alignSelf: 'flex-end' }}>
          Fill the role
        </Button>
      </Stack>
    </form>
  );
}
