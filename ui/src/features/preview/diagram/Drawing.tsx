import { memo, type ReactNode } from 'react';

import { duration } from '../../../shared/format';
import { GUTTER, HEAD_HEIGHT, type Column } from './columns';
import { BOX_HEIGHT, LOOP, type Lines, type Row, type Shape, type Span } from './layout';
import type { Paint } from './paint';
import { FONT_SIZE, LINE_HEIGHT } from './text';

/** From the middle of a line to where its letters stand: not every viewer knows `dominant-baseline`. */
const BASELINE = 4;

/** The actors' names over their lifelines. */
export function Heads({ columns, paint }: { columns: readonly Column[]; paint: Paint }) {
  const each = (columns[1]?.x ?? 0) - (columns[0]?.x ?? 0);
  return (
    <>
      {columns.map(({ actor, x, lines, isPerson }) => {
        const height = lines.length * LINE_HEIGHT + 10;
        const top = Math.round((HEAD_HEIGHT - height) / 2);
        return (
          <g key={actor}>
            <line x1={x} x2={x} y1={top + height} y2={HEAD_HEIGHT} stroke={paint.lifeline} />
            <rect
              x={x - each / 2 + 2}
              y={top}
              width={each - 4}
              height={height}
              rx={isPerson ? height / 2 : 4}
              fill={paint.boxFill}
              stroke={paint.boxLine}
            />
            {lines.map((line, index) => (
              <text
                key={index}
                x={x}
                y={top + 5 + (index + 0.5) * LINE_HEIGHT + BASELINE}
                textAnchor="middle"
                fill={paint.text}
                fontWeight={600}
                fontSize={FONT_SIZE - 1}
              >
                {line}
              </text>
            ))}
          </g>
        );
      })}
    </>
  );
}

interface BodyProps {
  columns: readonly Column[];
  rows: readonly Row[];
  spans: readonly Span[];
  paint: Paint;
  width: number;
  /** The part of the diagram that is drawn. */
  top: number;
  bottom: number;
}

/** Lifelines and rows from `top` to `bottom`, in the diagram's own places. */
export function Body({ columns, rows, spans, paint, width, top, bottom }: BodyProps) {
  return (
    <>
      {columns.map(({ actor, x }) => (
        <line key={actor} x1={x} x2={x} y1={top} y2={bottom} stroke={paint.lifeline} />
      ))}
      {spans.map((span) => (
        <Stretch key={span.key} span={span} paint={paint} width={width} />
      ))}
      {rows.map((row) => (
        <RowDrawing key={row.key} row={row} paint={paint} width={width} />
      ))}
    </>
  );
}

function Stretch({
  span: { kind, x, top, bottom },
  paint,
  width,
}: {
  span: Span;
  paint: Paint;
  width: number;
}) {
  return kind === 'active' ? (
    <rect x={x - 4} y={top} width={8} height={bottom - top} fill={paint.callFill} stroke={paint.callLine} />
  ) : (
    <rect
      x={GUTTER}
      y={top + 1}
      width={width - GUTTER - 4}
      height={bottom - top - 2}
      rx={4}
      fill="none"
      stroke={paint.boxLine}
      strokeDasharray="2 3"
    />
  );
}

const RowDrawing = memo(function RowDrawing({
  row,
  paint,
  width,
}: {
  row: Row;
  paint: Paint;
  width: number;
}) {
  const { shape, failed, numbers, gap, top } = row;
  const color = failed ? paint.failed : paint.arrow;
  return (
    <g transform={`translate(0 ${top})`} data-row={row.key}>
      <text x={GUTTER - 8} y={13} textAnchor="end" fill={paint.dim} fontSize={10.5}>
        {numbers}
      </text>
      {gap !== undefined && (
        <text
          x={GUTTER - 8}
          y={26}
          textAnchor="end"
          fill={paint.dim}
          fontSize={10.5}
          fontWeight={gap >= 1_000 ? 600 : undefined}
        >
          +{duration(gap)}
        </text>
      )}
      <ShapeDrawing shape={shape} color={color} failed={failed} paint={paint} width={width} />
    </g>
  );
});

interface ShapeProps {
  shape: Shape;
  color: string;
  failed: boolean;
  paint: Paint;
  width: number;
}

function ShapeDrawing({ shape, color, failed, paint, width }: ShapeProps): ReactNode {
  const ink = failed ? paint.failed : paint.text;
  switch (shape.type) {
    case 'stage':
      return (
        <>
          <rect x={GUTTER} y={15.5} width={width - GUTTER - 4} height={1} fill={paint.boxLine} />
          <text
            x={GUTTER}
            y={16 + BASELINE}
            fill={paint.dim}
            fontWeight={600}
            fontSize={11}
            {...halo(paint, 10)}
          >
            {shape.text}
          </text>
        </>
      );
    case 'arrow': {
      const towards = shape.to > shape.from ? 1 : -1;
      return (
        <>
          <line
            x1={shape.from}
            x2={shape.to - (shape.head ? towards * 5 : 0)}
            y1={shape.y}
            y2={shape.y}
            stroke={color}
            strokeWidth={1.4}
            strokeDasharray={shape.dashed ? '5 3' : undefined}
          />
          {shape.head && <Head x={shape.to} y={shape.y} towards={towards} color={color} />}
          <Label text={shape.text} top={4} ink={ink} paint={paint} />
        </>
      );
    }
    case 'loop': {
      const [far, y] = [shape.x + shape.towards * LOOP, shape.y];
      return (
        <>
          <path
            d={`M ${shape.x} ${y} H ${far} V ${y + 12} H ${shape.x + shape.towards * 5}`}
            fill="none"
            stroke={color}
            strokeWidth={1.4}
            strokeDasharray="5 3"
          />
          <Head x={shape.x} y={y + 12} towards={shape.towards === 1 ? -1 : 1} color={color} />
          <Label
            text={shape.text}
            top={y + 6 - (shape.text.lines.length * LINE_HEIGHT) / 2}
            ink={ink}
            paint={paint}
          />
        </>
      );
    }
    case 'note': {
      const height = shape.text.lines.length * LINE_HEIGHT + 8;
      return (
        <>
          <rect
            x={shape.x - shape.width / 2}
            y={6}
            width={shape.width}
            height={height}
            fill={paint.noteFill}
            stroke={paint.boxLine}
          />
          <Label text={shape.text} top={10} ink={ink} />
        </>
      );
    }
    case 'call': {
      const box = {
        width: shape.width,
        height: BOX_HEIGHT,
        rx: 4,
        fill: failed ? paint.failedFill : paint.callFill,
        stroke: failed ? paint.failed : paint.callLine,
      };
      const left = shape.x - shape.width / 2;
      return (
        <>
          {shape.stacked && <rect x={left + 4} y={8} {...box} />}
          {/* The tint lets what is behind it through. */}
          <rect x={left} y={4} {...box} fill={paint.surface} />
          <rect x={left} y={4} {...box} strokeDasharray={shape.running ? '4 3' : undefined} />
          <text
            x={shape.x}
            y={4 + BOX_HEIGHT / 2 + BASELINE}
            textAnchor="middle"
            fill={failed ? paint.failed : paint.callText}
            fontWeight={500}
          >
            {shape.text}
          </text>
          {shape.aside && (
            <text
              x={shape.aside.x}
              y={shape.aside.y + BASELINE}
              textAnchor={shape.aside.anchor}
              fill={shape.aside.failed ? paint.failed : paint.dim}
              fontSize={11}
              {...halo(paint, 4)}
            >
              {shape.aside.lines}
            </text>
          )}
        </>
      );
    }
  }
}

function Head({ x, y, towards, color }: { x: number; y: number; towards: 1 | -1; color: string }) {
  return <path d={`M ${x} ${y} l ${-towards * 8} -4.5 v 9 z`} fill={color} />;
}

interface LabelProps {
  text: Lines;
  top: number;
  ink: string;
  /** Given = lines behind the text are kept off it. */
  paint?: Paint;
}

function Label({ text, top, ink, paint }: LabelProps) {
  return (
    <>
      {text.lines.map((line, index) => (
        <text
          key={index}
          x={text.x}
          y={top + (index + 0.5) * LINE_HEIGHT + BASELINE}
          textAnchor={text.anchor}
          fill={ink}
          {...(paint ? halo(paint, 4) : {})}
        >
          {line}
        </text>
      ))}
    </>
  );
}

/** Text that lifelines do not cross. */
function halo(paint: Paint, width: number) {
  return {
    stroke: paint.surface,
    strokeWidth: width,
    strokeLinejoin: 'round',
    paintOrder: 'stroke',
  } as const;
}
