import { Foundation1795305600000 } from './1795305600000-Foundation.js';
import { FileSource1795392000000 } from './1795392000000-FileSource.js';
import { SourceHints1795392600000 } from './1795392600000-SourceHints.js';
import { QuotaLedger1795393200000 } from './1795393200000-QuotaLedger.js';
import { WritebackJournal1795393800000 } from './1795393800000-WritebackJournal.js';
import { Health1795394400000 } from './1795394400000-Health.js';
import { Sweep1795395000000 } from './1795395000000-Sweep.js';
import { ChangeFeed1795395600000 } from './1795395600000-ChangeFeed.js';
import { OneLedgerOfCalls1795396200000 } from './1795396200000-OneLedgerOfCalls.js';

/** Every schema change, oldest first. A release never edits one that has shipped. */
export const MIGRATIONS = [
  Foundation1795305600000,
  FileSource1795392000000,
  SourceHints1795392600000,
  QuotaLedger1795393200000,
  WritebackJournal1795393800000,
  Health1795394400000,
  Sweep1795395000000,
  ChangeFeed1795395600000,
  OneLedgerOfCalls1795396200000,
] as const;
