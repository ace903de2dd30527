import { Badge, Loader, Table, Text } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';

import type { PublishChange, PublishStep } from '../../generated/api';
import type { PublishProgress } from '../../shared/queries';

const CHANGES: Record<PublishChange, { text: string; color: string }> = {
  create: { text: 'Create', color: 'teal' },
  update: { text: 'Update', color: 'iris' },
  unchanged: { text: 'Unchanged', color: 'gray' },
  delete: { text: 'Delete', color: 'red' },
};

const PARTS: Record<string, string> = {
  app: 'Basic info and actions',
  logo: 'Logo',
  authentication: 'Authorization',
  'functions/identity': 'Identity Function',
  'functions/build': 'Build Function',
  'functions/action': 'Action Function',
  'functions/redirect': 'Redirect Function',
  'functions/webhook': 'Webhook Function',
  version: 'Version',
};

interface PlanListProps {
  steps: readonly PublishStep[];
  /** The app's id on the server; absent = it is new there. */
  appId?: string | undefined;
  /** What was done instead of what would be. */
  done?: boolean;
  /** How far it is, while it is carried out or after it stopped half-way. */
  progress?: PublishProgress | undefined;
}

/** The parts of the app and what becomes of each on the server. */
export function PlanList({ steps, appId, done = false, progress }: PlanListProps) {
  const changes = steps.filter((step) => step.change !== 'unchanged').length;
  const summary = done
    ? 'What was done'
    : appId == null
      ? 'The app is new on this server'
      : changes === 0
        ? 'The server has the same app already'
        : `${changes} ${changes === 1 ? 'part differs' : 'parts differ'} from what is on the server`;
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {summary}
      </Text>
      <Table verticalSpacing={6} aria-label={done ? 'What was done' : 'Plan'}>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={step.what}>
              <Table.Td w={116}>
                <Badge color={CHANGES[step.change].color}>{CHANGES[step.change].text}</Badge>
              </Table.Td>
              {progress && (
                <Table.Td w={30} px={0}>
                  {step.change !== 'unchanged' && <State state={progress[step.what]} />}
                </Table.Td>
              )}
              <Table.Td>
                <Text size="sm">{PARTS[step.what] ?? step.what}</Text>
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {step.detail}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function State({ state }: { state: PublishProgress[string] | undefined }) {
  if (state === 'done') {
    return <IconCircleCheck size={18} role="img" aria-label="Done" color="var(--mantine-color-teal-text)" />;
  }
  if (state === 'running') return <Loader size={16} role="img" aria-label="Running" />;
  return <IconCircle size={18} role="img" aria-label="Waiting" color="var(--mantine-color-dimmed)" />;
}
