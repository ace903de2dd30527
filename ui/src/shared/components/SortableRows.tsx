import { ActionIcon, Group, Tooltip } from '@mantine/core';
import {
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { restrictToParentElement, restrictToVerticalAxis } from '@dnd-kit/modifiers';
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import { createContext, useContext, type CSSProperties, type ReactNode } from 'react';

interface SortableRowsProps {
  ids: readonly string[];
  onMove: (from: number, to: number) => void;
  children: ReactNode;
}

interface Order {
  ids: readonly string[];
  onMove: (from: number, to: number) => void;
}

const OrderContext = createContext<Order>({ ids: [], onMove: () => undefined });

/** Rows that can be put in another order, by their handles or by their buttons. */
export function SortableRows({ ids, onMove, children }: SortableRowsProps) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const drop = ({ active, over }: DragEndEvent) => {
    const from = ids.indexOf(String(active.id));
    const to = over ? ids.indexOf(String(over.id)) : -1;
    if (from >= 0 && to >= 0 && from !== to) onMove(from, to);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[restrictToVerticalAxis, restrictToParentElement]}
      onDragEnd={drop}
    >
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
        <OrderContext value={{ ids, onMove }}>{children}</OrderContext>
      </SortableContext>
    </DndContext>
  );
}

interface SortableRowProps {
  id: string;
  className?: string | undefined;
  children: (handle: ReactNode, arrows: ReactNode) => ReactNode;
  /** What the row is, for the names of its buttons: `action send_contract`. */
  label: string;
}

/** One row: gets its handle and its two arrow buttons to place where they fit. */
export function SortableRow({ id, className, children, label }: SortableRowProps) {
  const { ids, onMove } = useContext(OrderContext);
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id,
  });
  const index = ids.indexOf(id);
  const style: CSSProperties = {
    transform: CSS.Translate.toString(transform),
    transition,
    ...(isDragging ? { position: 'relative', zIndex: 1, opacity: 0.85 } : {}),
  };

  // For the mouse only: the arrows beside it do the same for the keyboard and for screen readers.
  const handle = (
    <ActionIcon
      ref={setActivatorNodeRef}
      {...listeners}
      component="span"
      variant="transparent"
      aria-hidden
      title="Drag to reorder"
      style={{ cursor: isDragging ? 'grabbing' : 'grab', touchAction: 'none' }}
    >
      <IconGripVertical size={16} stroke={1.6} />
    </ActionIcon>
  );
  const arrows = (
    <Group gap={0} wrap="nowrap">
      <Arrow
        label={`Move ${label} up`}
        icon={IconArrowUp}
        disabled={index <= 0}
        onClick={() => onMove(index, index - 1)}
      />
      <Arrow
        label={`Move ${label} down`}
        icon={IconArrowDown}
        disabled={index >= ids.length - 1}
        onClick={() => onMove(index, index + 1)}
      />
    </Group>
  );
  return (
    <div ref={setNodeRef} className={className} style={style}>
      {children(handle, arrows)}
    </div>
  );
}

interface ArrowProps {
  label: string;
  icon: typeof IconArrowUp;
  disabled: boolean;
  onClick: () => void;
}

function Arrow({ label, icon: Icon, disabled, onClick }: ArrowProps) {
  return (
    <Tooltip label={label}>
      {/* Not `disabled`: at the end of the list a button that vanished from the focus order would lose the focus. */}
      <ActionIcon
        aria-label={label}
        aria-disabled={disabled}
        data-disabled={disabled || undefined}
        onClick={(event) => {
          if (disabled) return;
          const button = event.currentTarget;
          onClick();
          // A row that moves in the document loses the focus on its way.
          requestAnimationFrame(() => button.focus());
        }}
      >
        <Icon size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
