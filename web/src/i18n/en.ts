import { administration } from './en/administration';
import { common, errors, login, nav } from './en/common';
import { connections } from './en/connections';
import { blocks, debtor, debtors, receivables } from './en/debtors';
import { files } from './en/files';
import { overview, tasks } from './en/overview';
import { reasons } from './en/reasons';
import { messages, runs, writebacks } from './en/runs';
import { server } from './en/server';
import { settings } from './en/settings';
import { buckets, states } from './en/states';
import { tieOut } from './en/tie-out';
import { hints, sweeps } from './en/watching';
import type { Texts } from './nl';

/** Every text of the UI in English, with the keys of the Dutch file. */
export const en: Texts = {
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
};
