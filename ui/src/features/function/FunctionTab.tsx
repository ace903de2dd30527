import { IconCode } from '@tabler/icons-react';

import type { FunctionKind } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';

export interface FunctionTabProps {
  appId: string;
  /** Which of the five functions; the tab is mounted only while that function is switched on. */
  kind: FunctionKind;
}

/**
 * The editor of one function. What stands here is a placeholder.
 *
 * Where the editor plugs in: read and save with `commands.readFunction` / `commands.saveFunction`; report the state of the
 * file with `useReportSaving` (shared/saving), so that the header shows it and Ctrl+S saves it; put the cursor on
 * `useNavigation().arrival.line` (shared/navigation) whenever its `serial` grows.
 */
export function FunctionTab({ kind }: FunctionTabProps) {
  return (
    <EmptyState
      icon={IconCode}
      title="The editor comes here"
      text={`functions/${kind}/index.js is edited in its folder until then.`}
    />
  );
}
