import { expect, it } from 'vitest';

import { called, measure, said } from './fixtures';
import { layout } from './layout';
import { accessibleName } from './names';

it('says everything of a message that is drawn', () => {
  const messages = [
    said(0, 'C->>CL: Add app to workspace', { stage: 'authorization' }),
    said(120, 'IF->>ES: Register webhook', { failed: true }),
    ...called(1_620, 'action', 'one', [200, 404]),
    said(1_700, 'note over IF: Process is triggered'),
    ...called(2_000, 'webhook', 'a'),
    ...called(3_000, 'webhook', 'b', [], { failed: true }),
  ];
  const unfolded = { requests: () => false, attempts: () => false };
  const { rows } = layout({ messages, unfolded, width: 700, measure });
  const names = rows.flatMap(({ item, gap }, index) =>
    item && item.kind !== 'stage' ? [accessibleName(item, gap, rows[index - 1]?.item?.kind === 'stage')] : [],
  );
  expect(names).toEqual([
    'Authorization. 1. Creator to Moxo Client: Add app to workspace',
    'Run time. 2. Integration Framework to External Service: Register webhook, 120 ms after the last, failed',
    '3. Integration Framework: Invoke action function and get return value, 1.5 s after the last, 2 HTTP requests, 1 failed',
    '8. Integration Framework, note: Process is triggered, 80 ms after the last',
    '9 to 10. Integration Framework: Webhook called 2 times in a row, 300 ms after the last, 1 of the calls failed',
  ]);
});
