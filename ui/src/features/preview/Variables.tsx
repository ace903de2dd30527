import { Table, Text } from '@mantine/core';

import type { VariableView } from '../../generated/api';
import { JsonView } from '../../shared/components/JsonView';
import { isObject } from '../../shared/json';
import classes from './preview.module.css';

/** What the step provides to later steps: as declared by Build, as provided by Action or a callback. */
export function Variables({ variables }: { variables: readonly VariableView[] }) {
  if (variables.length === 0) return null;
  return (
    <section aria-label="Variables">
      <Text size="sm" fw={600} mb={4}>
        Variables
      </Text>
      <Table className={classes.variables ?? ''} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Declared</Table.Th>
            <Table.Th>Provided</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {variables.map((variable) => (
            <Table.Tr key={variable.key}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Declared variable={variable} />
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Provided value={variable.provided} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Declared({ variable }: { variable: VariableView }) {
  const { key, declared } = variable;
  const { label, type } = isObject(declared) ? declared : {};
  return (
    <>
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {key}
      </Text>
      <Text fz={12} c={declared == null ? 'red' : 'dimmed'}>
        {declared == null
          ? 'never declared by Build'
          : [label, type].filter((part) => typeof part === 'string').join(' · ')}
      </Text>
    </>
  );
}

function Provided({ value }: { value: unknown }) {
  if (value == null) {
    return (
      <Text fz={12} c="dimmed">
        not yet
      </Text>
    );
  }
  if (isObject(value) && typeof value.value === 'string') {
    return (
      <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {value.value}
      </Text>
    );
  }
  return <JsonView value={value} label="provided value" maxHeight={160} />;
}

/** What a trigger found: one flow for each. */
export function StartedFlows({ flows }: { flows: readonly unknown[] }) {
  if (flows.length === 0) return null;
  return (
    <section aria-label="Started flows">
      <Text size="sm" fw={600} mb={4}>
        {flows.length === 1 ? '1 started flow' : `${flows.length} started flows`}
      </Text>
      {flows.map((flow, index) => (
        <div key={index} style={{ marginBottom: 6 }}>
          <JsonView value={flow} label={`started flow ${index + 1}`} maxHeight={180} />
        </div>
      ))}
    </section>
  );
}
