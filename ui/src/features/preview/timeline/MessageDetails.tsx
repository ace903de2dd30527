import { Stack, Text } from '@mantine/core';

import type { Message } from '../../../generated/api';
import { CallDetailsOf } from '../../../shared/calls/CallDetails';
import { JsonView } from '../../../shared/components/JsonView';

/** What was said, and all about the call that said it. */
export function MessageDetails({ message: { payload, call } }: { message: Message }) {
  // A call that could not even begin has no id.
  const hasCall = call !== undefined && call !== '';
  return (
    <Stack gap={10}>
      {payload != null && <JsonView value={payload} label="payload" maxHeight={260} />}
      {payload == null && !hasCall && (
        <Text fz={12} c="dimmed">
          Nothing but the message itself.
        </Text>
      )}
      {hasCall && <CallDetailsOf call={call} />}
    </Stack>
  );
}
