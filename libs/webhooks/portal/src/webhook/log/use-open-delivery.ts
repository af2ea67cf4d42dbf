import { useRef } from 'react';

import { useHashPath } from '../../app/hash-location.js';
import { useHashQuery } from '../../app/hash-query.js';

/** The delivery that stands open, which the address names: its link can be shared, and going back closes it. */
export function useOpenDelivery() {
  const [query, change] = useHashQuery();
  const [path] = useHashPath();
  const isOpenedHere = useRef(false);

  return {
    openId: query.delivery,
    linkTo: (id: string) => `#${path}?${new URLSearchParams({ ...query, delivery: id }).toString()}`,
    onOpen: () => {
      isOpenedHere.current = true;
    },
    onClose: () => {
      if (isOpenedHere.current) window.history.back();
      else change({ delivery: undefined });
      isOpenedHere.current = false;
    },
  };
}
