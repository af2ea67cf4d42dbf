/** What a process has used since it started. */
export interface Usage {
  /** Of all its threads, user and system. */
  cpuMs: number;
  rssBytes: number;
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() };
}
