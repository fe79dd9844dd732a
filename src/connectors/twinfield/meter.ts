import type { CallMeter } from '../contract/index.js';
import { readBudgets } from './client.js';

const QUERY_CREDITS = 1;
const COMMAND_CREDITS = 3;

/**
 * The fair use policy: a query costs one credit, anything else three; the login host is not part of it. Credits go per
 * organisation, which is the connection, so no administration is named.
 */
export const meter: CallMeter = {
  cost: ({ method, url, isRead }) => {
    const { pathname } = new URL(url, 'https://login.twinfield.com');
    const isLogin = pathname.startsWith('/auth/');
    const isQuery = isRead ?? method === 'GET';
    const units = isLogin ? 0 : isQuery ? QUERY_CREDITS : COMMAND_CREDITS;
    return { administration: null, endpoint: pathname.toLowerCase(), units };
  },
  // When the minute ends is not told, so our own clock decides.
  seen: (response, now) => readBudgets(response, now).map((budget) => ({ ...budget, resetsAt: null })),
};
