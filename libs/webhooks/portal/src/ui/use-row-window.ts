import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';

const ROW_HEIGHT = 49;
/** So many more are in the document on either side that the focus can always move on by one. */
const OVERSCAN = 8;
/** More are asked for when so many are left below the window. */
const AHEAD = 30;

/** The rows that are near the window, and how much room the others take before and after them. */
export function useRowWindow<Row>(
  table: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  idOf: (row: Row) => string,
  onMore?: () => void,
  onWindow?: (first: number, last: number) => void,
) {
  const top = useTop(table);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : idOf(row);
    },
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  const virtual = virtualizer.getVirtualItems();
  const first = virtual[0];
  const last = virtual.at(-1);

  const isNearEnd = last !== undefined && last.index >= rows.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) onMore?.();
  }, [isNearEnd, onMore, rows.length]);

  const [from, to] = [first?.index ?? 0, last?.index ?? -1];
  useEffect(() => {
    if (to >= from) onWindow?.(from, to);
  }, [onWindow, from, to]);

  return {
    items: virtual.flatMap(({ index }) => {
      const row = rows[index];
      return row === undefined ? [] : [{ row, index, measure: virtualizer.measureElement }];
    }),
    before: first ? first.start - top : 0,
    // As high as all rows before any of them is there, so that a place far below can be gone back to.
    after: virtualizer.getTotalSize() - (last ? last.end - top : 0),
  };
}

/** How far below the page's top an element's rows begin. */
function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const body = element.current?.querySelector('tbody');
      if (body) setTop(Math.round(body.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    // What stands above the rows; the page itself changes its height with every row.
    const above = [...(element.current?.parentElement?.children ?? [])].filter(
      (each) => each !== element.current,
    );
    for (const each of [...above, ...(element.current?.querySelectorAll('thead') ?? [])])
      observer.observe(each);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
