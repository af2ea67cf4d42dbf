import { links } from './links.js';

let place = { link: links.list, scrollY: 0 };

/** Where the reader left the list, for the way back to it. */
export function listPlace(): { link: string; scrollY: number } {
  return place;
}

export function leaveListAt(link: string, scrollY: number): void {
  place = { link, scrollY };
}
