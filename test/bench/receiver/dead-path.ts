/** A request to this path is never answered. */
export const DEAD_PATH = '/dead';
