import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import type { Message } from '../../../generated/api';
import { HEAD_HEIGHT } from './columns';
import { Body, Heads } from './Drawing';
import { unfoldAll } from './items';
import { layout } from './layout';
import { PAPER, PAPER_FONT } from './paint';
import { measureWith } from './text';

/** Pixels that the lifelines of a file take at most. */
const WIDTH = 960;
const MARGIN = 16;
const TITLE = 34;
/** What a canvas holds: WebKit gives up beyond. */
const MOST_PIXELS = 16_384;
/** Fewer than this for a pixel of the drawing, and its text cannot be read. */
const LEAST_SCALE = 0.75;
const SCALE = 2;

export interface Picture {
  text: string;
  width: number;
  height: number;
}

/** The whole diagram as an SVG document that needs nothing else: colours and font stand in it, on white. */
export function svgOf(messages: readonly Message[], title: string, requests: boolean): Picture {
  const measure = measureWith(PAPER_FONT);
  const drawn = layout({ messages, unfolded: unfoldAll(requests), width: WIDTH, measure });
  const { columns, rows, spans } = drawn;
  const width = drawn.width + 2 * MARGIN;
  const height = TITLE + HEAD_HEIGHT + drawn.height + MARGIN;
  const host = document.createElement('div');
  const root = createRoot(host);
  // Drawn by the very components that draw on screen, so that both are the same.
  flushSync(() =>
    root.render(
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        fontFamily={PAPER_FONT}
        fontSize={12}
      >
        <title>{title}</title>
        <rect width={width} height={height} fill={PAPER.surface} />
        <text x={MARGIN} y={24} fill={PAPER.text} fontWeight={600} fontSize={14}>
          {title}
        </text>
        <g transform={`translate(${MARGIN} ${TITLE})`}>
          <Heads columns={columns} paint={PAPER} />
        </g>
        <g transform={`translate(${MARGIN} ${TITLE + HEAD_HEIGHT})`}>
          <Body
            columns={columns}
            rows={rows}
            spans={spans}
            paint={PAPER}
            width={drawn.width}
            top={0}
            bottom={drawn.height}
          />
        </g>
      </svg>,
    ),
  );
  const element = host.firstElementChild;
  // It names the namespace itself.
  const text = element ? new XMLSerializer().serializeToString(element) : '';
  root.unmount();
  return { text, width, height };
}

/** The same as a PNG file. */
export async function pngOf({ text, width, height }: Picture): Promise<Uint8Array> {
  const scale = Math.min(SCALE, MOST_PIXELS / Math.max(width, height));
  if (scale < LEAST_SCALE) {
    throw new Error(
      `The diagram is ${height} pixels high; a PNG of at most ${MOST_PIXELS} could not be read. Save it as SVG, or without HTTP requests.`,
    );
  }
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This system gives no canvas to draw a PNG on. Save the diagram as SVG.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The PNG could not be made. Save the diagram as SVG.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
