/**
 * A row to join with in a statement whose commit need not wait for the disk (PostgreSQL, "Asynchronous Commit"): what a crash of
 * the database takes back is done again. Whoever commits in the usual way afterwards waits for this, too.
 */
export const NOT_SYNCED = `set_config('synchronous_commit', 'off', true) AS not_synced`;
