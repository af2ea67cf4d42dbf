import { useEffect, useLayoutEffect, useRef } from 'react';
import { useSearch } from 'wouter';

import { links } from '../app/links.js';
import { leaveListAt, listPlace } from '../app/list-place.js';

/** Remembers filters, order and place when the list is left, and goes back to the place when it is come back to. */
export function useListPlace(): void {
  const search = useSearch();
  const link = search === '' ? links.list : `${links.list}?${search}`;
  const latest = useRef(link);

  useLayoutEffect(() => {
    latest.current = link;
  }, [link]);

  useEffect(() => {
    const place = listPlace();
    if (place.link === latest.current) window.scrollTo({ top: place.scrollY });
  }, []);

  // Cleaned up before the rows leave the document, and the window is still where it was.
  useLayoutEffect(() => () => leaveListAt(latest.current, window.scrollY), []);
}
