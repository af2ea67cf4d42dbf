/** Formats the message of a key with its values; an unknown key gives the key itself. */
export type Messages = (key: string, values?: Record<string, string | number | Date>) => string;
