import { Button, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { Keep, Settings } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';

interface Field {
  name: keyof Keep;
  label: string;
  unit: string;
  max: number;
}

const FIELDS: readonly Field[] = [
  { name: 'days', label: 'Age', unit: 'days', max: 3_650 },
  { name: 'flow_runs', label: 'Flow runs', unit: '', max: 100_000 },
  { name: 'calls', label: 'Calls by themselves', unit: '', max: 100_000 },
  { name: 'callbacks', label: 'Handled callbacks', unit: '', max: 100_000 },
  { name: 'files_mb', label: 'Uploaded files', unit: 'MB', max: 10_000 },
];

/** How much of the past is kept. */
export function KeepForm({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const form = useForm<Keep>({
    initialValues: settings.keep,
    validate: Object.fromEntries(
      FIELDS.map(({ name, max }) => [
        name,
        (value: number | string) =>
          typeof value === 'number' && value >= 1 && value <= max ? null : `From 1 to ${max}.`,
      ]),
    ),
  });
  const save = useMutation({
    mutationFn: (keep: Keep) => commands.saveSettings({ ...settings, keep }),
    onSuccess: (view) => {
      client.setQueryData(keys.settings, view);
      form.resetDirty();
      notifyDone('Bounds saved');
    },
  });

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
          {FIELDS.map(({ name, label, unit, max }) => (
            <NumberInput
              key={name}
              label={label}
              suffix={unit === '' ? '' : ` ${unit}`}
              min={1}
              max={max}
              clampBehavior="none"
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        {save.error && <ErrorAlert title="The bounds could not be saved" error={save.error} />}
        <Group>
          <Button
            type="submit"
            size="xs"
            variant="default"
            disabled={!form.isDirty()}
            loading={save.isPending}
          >
            Save bounds
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
