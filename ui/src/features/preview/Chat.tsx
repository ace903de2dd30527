import { Anchor, Badge, Loader, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconFile,
  IconHourglass,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';

import type { AttachmentState, ChatItem } from '../../generated/api';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { bytes, exactTime } from '../../shared/format';
import classes from './preview.module.css';

/** A text beyond this is folded to its first ten lines. */
const LONG = { letters: 800, lines: 12 };

const STATUS_ICONS: Record<string, Icon> = {
  completed: IconCheck,
  cancelled: IconBan,
  failed: IconAlertTriangle,
};

/** The workspace's conversation: what the step said and brought. */
export function Chat({ items }: { items: readonly ChatItem[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label="Workspace conversation">
      <Text size="sm" fw={600} mb={6}>
        Conversation
      </Text>
      <ol className={classes.chat} aria-live="polite">
        {items.map((item, index) => (
          <li key={index} className={classes.bubble} data-type={item.type}>
            <Item item={item} />
            <Text span fz={11} c="dimmed" title={exactTime(item.at)} className={classes.chatTime}>
              {new Date(item.at).toLocaleTimeString()}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Item({ item }: { item: ChatItem }) {
  switch (item.type) {
    case 'message':
      return <ChatText text={item.text} />;
    case 'attachment':
      return (
        <div className={classes.chatRow}>
          <IconFile size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" fw={500} truncate title={item.file_name}>
              {item.file_name}
            </Text>
            <Text fz={12} c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {item.mime_type}
              {item.state.type === 'uploaded' && ` · ${bytes(item.state.size)}`}
              {item.state.type === 'failed' && ` · ${item.state.message}`}
            </Text>
          </div>
          <Attachment state={item.state} />
        </div>
      );
    case 'error':
      return (
        <div className={classes.chatRow}>
          <IconAlertTriangle
            size={16}
            aria-hidden
            color="var(--mantine-color-red-text)"
            style={{ flexShrink: 0 }}
          />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600}>
              {item.title}
            </Text>
            <ChatText text={item.description} />
          </div>
        </div>
      );
    case 'status': {
      const StatusIcon = STATUS_ICONS[item.status] ?? IconHourglass;
      return (
        <div className={classes.chatRow}>
          <StatusIcon size={16} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm">Step {item.step + 1}</Text>
            {item.message != null && item.message !== '' && <ChatText text={item.message} />}
          </div>
          <StatusBadge status={item.status} />
        </div>
      );
    }
  }
}

/** What a function said, as text; a long one is folded. */
function ChatText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const long = text.length > LONG.letters || text.split('\n').length > LONG.lines;
  return (
    <>
      <div className={classes.chatText} dir="auto" data-folded={(long && !open) || undefined}>
        {text}
      </div>
      {long && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Show less' : 'Show all of it'}
        </Anchor>
      )}
    </>
  );
}

function Attachment({ state }: { state: AttachmentState }) {
  switch (state.type) {
    case 'fetching':
      return <Loader size={16} aria-label="Fetching" />;
    case 'uploaded':
      return <Badge color="teal">Uploaded</Badge>;
    case 'failed':
      return <Badge color="red">Failed</Badge>;
  }
}
