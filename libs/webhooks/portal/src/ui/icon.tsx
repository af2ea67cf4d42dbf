const PATHS = {
  add: 'M8 3v10M3 8h10',
  back: 'M10 3 5 8l5 5',
  check: 'm3 8.5 3.2 3.2L13 5',
  chevron: 'm4 6 4 4 4-4',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  download: 'M8 2.5v8m-3.5-3L8 11l3.5-3.5M2.5 13.5h11',
  edit: 'm10.5 3 2.5 2.5-7.5 7.5-3 .5.5-3z',
  external: 'M9 2.5h4.5V7m0-4.5L7.5 8.5M6 3.5H2.5v10h10V10',
  filter: 'M2 3.5h12L9.5 8.7v4.3l-3-1.5V8.7z',
  globe:
    'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM2 8h12M8 1.8c2 1.7 2.7 3.9 2.7 6.2S10 12.5 8 14.2C6 12.5 5.3 10.3 5.3 8S6 3.5 8 1.8Z',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 7.3v3.7M8 4.8v.4',
  key: 'M9.8 6.2a3.2 3.2 0 1 0-2 3l.7.8h1.5v1.5h1.5v1.5h2v-2L9.5 7.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  pause: 'M5.5 3.5v9m5-9v9',
  play: 'm5 3.5 7 4.5-7 4.5z',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2',
  send: 'm2.5 8 11-5-4 10.5L7.5 9z',
  sortDown: 'M8 3v10m-3.5-3.5L8 13l3.5-3.5',
  sortUp: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  theme: 'M8 1.8a6.2 6.2 0 1 0 0 12.4V1.8ZM8 1.8a6.2 6.2 0 0 1 0 12.4',
  trash: 'M2.5 4.5h11m-9 0 .6 9h5.8l.6-9m-5.5 0v-2h4v2',
  warning: 'M8 2 1.8 13.5h12.4zM8 6.5v3.5m0 1.8v.2',
} as const;

export type IconName = keyof typeof PATHS;

/** Icons that point along the line of reading. */
const TURNED: ReadonlySet<IconName> = new Set(['back', 'play', 'send', 'external']);

/** Decoration: whatever it stands beside has a name of its own. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      data-turned={TURNED.has(name) || undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
