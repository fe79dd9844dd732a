import type { CallMeter } from '../contract/index.js';
import { readBudgets } from './client.js';

/** `/api/v1/{division}/{service}/{Entity}(key)`: counted per division, errors per endpoint besides. */
const IN_DIVISION = /^\/api\/v1\/(\d+)\/([^(]+)/i;

/** Addresses without a division (`current/Me`) cost nothing (API limits). */
export const meter: CallMeter = {
  cost: ({ url }) => {
    const path = new URL(url, 'https://start.exactonline.nl').pathname;
    const [, division, endpoint] = IN_DIVISION.exec(path) ?? [];
    if (division === undefined || endpoint === undefined)
      return { administration: null, endpoint: path.toLowerCase(), units: 0 };
    return { administration: division, endpoint: endpoint.toLowerCase().replace(/\/(\$count)?$/, ''), units: 1 };
  },
  seen: ({ headers }) => readBudgets(headers),
};
