import { Badge, Table, Text } from '@mantine/core';

import type { PublishChange, PublishStep } from '../../generated/api';

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
};

interface PlanListProps {
  steps: readonly PublishStep[];
  /** The app's id on the server; absent = it is new there. */
  appId?: string | undefined;
  /** What was done instead of what would be. */
  done?: boolean;
}

/** The parts of the app and what becomes of each on the server. */
export function PlanList({ steps, appId, done = false }: PlanListProps) {
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
              <Table.Td w={104}>
                <Badge color={CHANGES[step.change].color}>{CHANGES[step.change].text}</Badge>
              </Table.Td>
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
