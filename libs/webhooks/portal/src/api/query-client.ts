import { QueryClient } from '@tanstack/react-query';

import type { Problem } from './problem.js';

/** What the caller did wrong stays wrong: only a lost answer and a server that is busy are asked again. */
function mayPass({ status }: Problem): boolean {
  return status === 0 || status === 429 || status >= 500;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, problem) => failures < 2 && mayPass(problem), staleTime: 5_000 },
      mutations: { retry: false },
    },
  });
}
