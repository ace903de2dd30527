import { Badge, List, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';

import type { ComparedPart, Comparison } from '../../generated/api';
import { CallDetails } from '../../shared/calls/CallDetails';

const PARTS: Record<ComparedPart, string> = {
  output: 'Output',
  failure: 'Failure',
  log: 'Log',
  requests: 'Requests',
};

/** The same call in the bundled runtime and on Node: where they differ, then each by itself. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const [side, setSide] = useState('here');
  const { differences, node_version: version } = comparison;
  const node = { ...comparison.call, report: comparison.node, diagnostics: [] };
  return (
    <Stack gap={10}>
      <div>
        <Badge color={differences.length === 0 ? 'teal' : 'orange'}>
          {differences.length === 0
            ? 'As on Node'
            : `${String(differences.length)} ${differences.length === 1 ? 'difference' : 'differences'}`}
        </Badge>{' '}
        <Text component="span" size="sm" c="dimmed">
          {differences.length === 0
            ? `Output, log, requests and errors agree with Node ${version}.`
            : `between the bundled runtime and Node ${version}`}
        </Text>
      </div>
      {differences.length > 0 && (
        <Table.ScrollContainer minWidth={380} mah={260}>
          <Table fz="xs" verticalSpacing={4} aria-label="Differences" style={{ tableLayout: 'fixed' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="26%">Where</Table.Th>
                <Table.Th>Here</Table.Th>
                <Table.Th>Node</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map((one) => (
                <Table.Tr key={`${one.part} ${one.place} ${one.here ?? ''}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {PARTS[one.part]} {one.place}
                  </Table.Td>
                  <Side text={one.here} />
                  <Side text={one.node} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {comparison.notes.length > 0 && (
        <List size="xs" c="dimmed">
          {comparison.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      <SegmentedControl
        size="xs"
        aria-label="Which run is shown"
        value={side}
        onChange={setSide}
        data={[
          { value: 'here', label: 'Bundled runtime' },
          { value: 'node', label: `Node ${version}` },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <CallDetails
        key={side}
        call={side === 'here' ? comparison.call : node}
        withContract={side === 'here'}
      />
    </Stack>
  );
}

function Side({ text }: { text: string | undefined }) {
  return (
    <Table.Td ff="monospace" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {text ?? (
        <Text component="span" size="xs" c="dimmed" fs="italic">
          none
        </Text>
      )}
    </Table.Td>
  );
}
