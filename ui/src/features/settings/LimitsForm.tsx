import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { Settings } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { LimitFields } from '../../shared/limits/LimitFields';
import { FIELDS, entered, problem, toLimits, type Entered } from '../../shared/limits/limits';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';

/** What a call may use where its app has no limits of its own. */
export function LimitsForm({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const form = useForm<Entered>({
    initialValues: entered(settings.limits),
    validate: Object.fromEntries(
      FIELDS.map((field) => [field.name, (value: number | string) => problem(field, value) ?? null]),
    ),
  });
  const save = useMutation({
    mutationFn: (values: Entered) =>
      commands.saveSettings({
        ...settings,
        limits: { ...settings.limits, ...toLimits(settings.limits, values) },
      }),
    onSuccess: (view) => {
      client.setQueryData(keys.settings, view);
      // Apps show the program's values where they have none of their own.
      void client.invalidateQueries({ queryKey: keys.allAppLimits });
      form.resetDirty();
      notifyDone('Limits saved');
    },
  });

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <LimitFields input={(name) => form.getInputProps(name)} />
        {save.error && <ErrorAlert title="The limits could not be saved" error={save.error} />}
        <Group>
          <Button
            type="submit"
            size="xs"
            variant="default"
            disabled={!form.isDirty()}
            loading={save.isPending}
          >
            Save limits
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
