import { administration } from './nl/administration';
import { common, errors, login, nav } from './nl/common';
import { connections } from './nl/connections';
import { blocks, debtor, debtors, receivables } from './nl/debtors';
import { files } from './nl/files';
import { overview, tasks } from './nl/overview';
import { reasons } from './nl/reasons';
import { messages, runs, writebacks } from './nl/runs';
import { server } from './nl/server';
import { settings } from './nl/settings';
import { buckets, states } from './nl/states';
import { tieOut } from './nl/tie-out';
import { hints, sweeps } from './nl/watching';

/** Every text of the UI in Dutch. The English file must have exactly the same keys. */
export const nl = {
  common,
  errors,
  nav,
  login,
  states,
  buckets,
  overview,
  tasks,
  connections,
  administration,
  debtors,
  debtor,
  blocks,
  receivables,
  runs,
  messages,
  writebacks,
  settings,
  reasons,
  server,
  tieOut,
  sweeps,
  hints,
  files,
} as const;

type Widen<T> = { [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };

/** The shape that every language has to fill. */
export type Texts = Widen<typeof nl>;
